import { proveDefects } from "./support/prove-defects.js";

proveDefects("mysql");
