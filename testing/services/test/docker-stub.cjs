// Stands for `docker` where there is none. Like a container, what it starts outlives the client that
// is attached to it, and ends by being removed.
const { spawn } = require("node:child_process");
const { readFileSync, rmSync, writeFileSync } = require("node:fs");
const path = require("node:path");

const [command, ...args] = process.argv.slice(2);
/** @param {string} option */
const optionOf = (option) => args.find((arg) => arg.startsWith(option))?.slice(option.length) ?? "";
/** @param {string} name */
const fileOf = (name) => path.join(__dirname, `${name}.json`);

const CONTAINER = `
const [host, port] = process.argv[1].split(":");
require("node:net").createServer().listen(Number(port), host, () => console.log(
  "init process complete\\nready to accept connections\\n" +
  "ready for connections\\nport: 3306\\nReady to accept connections"
));
`;

const name = args.at(-1) ?? "";
if (command === "create") {
  writeFileSync(fileOf(optionOf("--name=")), JSON.stringify({ args }));
} else if (command === "start") {
  const created = JSON.parse(readFileSync(fileOf(name), "utf8"));
  args.push(...created.args);
  const container = spawn(process.execPath, ["-e", CONTAINER, optionOf("--publish=")], {
    detached: true,
    stdio: ["ignore", "pipe", "ignore"],
  });
  writeFileSync(fileOf(name), JSON.stringify({ ...created, pid: container.pid }));
  container.stdout.pipe(process.stdout);
} else if (command === "rm") {
  const { pid } = JSON.parse(readFileSync(fileOf(name), "utf8"));
  if (pid) process.kill(pid, "SIGKILL");
  rmSync(fileOf(name));
}
process.exitCode = command === "info" && process.env["DOCKER_STUB_IS_DOWN"] ? 1 : 0;
