import { honoPostgres, testExample } from "../src/index.js";

testExample(honoPostgres);
