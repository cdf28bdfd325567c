import { spawnSync } from "node:child_process";
import path from "node:path";
import type { Place, Plan } from "./server.js";

/** An image with a server, and how to run it. */
export interface Image {
  /** With its tag, such as `redis:7`. */
  readonly name: string;
  /** The port that the server listens on in the container. */
  readonly port: number;
  /** The folder for data in the container, which is kept in memory. */
  readonly data?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** For the server. */
  readonly args: readonly string[];
  /** The same as in a `Plan`: images that make a database first say that they are ready twice. */
  readonly readyPattern: string;
}

/** Whether containers can be run here: `docker` is on the PATH and its engine answers. */
export function canRunContainers(): boolean {
  return spawnSync("docker", ["info"], { stdio: "ignore" }).status === 0;
}

/** How the guardian runs an image. It listens on the loopback interface only. */
export function planContainer(image: Image, { directory, port }: Place): Omit<Plan, "directory"> {
  const name = path.basename(directory);
  const variables = Object.entries(image.environment ?? {});
  return {
    // Fetches the image too, where the machine has none.
    prepare: [
      "docker",
      "create",
      "--rm",
      `--name=${name}`,
      `--publish=127.0.0.1:${port}:${image.port}`,
      ...(image.data ? [`--tmpfs=${image.data}`] : []),
      ...variables.map(([variable, value]) => `--env=${variable}=${value}`),
      image.name,
      ...image.args,
    ],
    serve: ["docker", "start", "--attach", name],
    readyPattern: image.readyPattern,
    // Ends the attached client alone; the container ends by being removed.
    stopSignal: "SIGKILL",
    cleanUp: ["docker", "rm", "--force", name],
  };
}
