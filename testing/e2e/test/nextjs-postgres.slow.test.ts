import { nextjsPostgres, testExample } from "../src/index.js";

testExample(nextjsPostgres);
