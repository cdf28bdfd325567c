import { mysql } from "../src/systems/mysql.js";
import { testServerFaults } from "../src/test-server-faults.js";

testServerFaults(mysql);
