import { postgres } from "../src/systems/postgres.js";
import { testServerFaults } from "../src/test-server-faults.js";

testServerFaults(postgres);
