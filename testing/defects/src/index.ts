export { createRunner, type Result, type Runner } from "./run.js";
export { scenarios } from "./scenarios/index.js";
export type { Observation, Scenario } from "./scenarios/scenario.js";
export { wirings } from "./wirings/index.js";
export type { WiringSource } from "./wirings/wiring.js";
