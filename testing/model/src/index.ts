export { modelSuite } from "./suite.js";
