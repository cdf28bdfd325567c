import { type ServiceName, services } from "./services.js";

// A process that starts a server and then lives until its parent kills it.
const server = await services[process.argv[2] as ServiceName].start();
process.on("message", () => {});
process.send?.(server.url);
