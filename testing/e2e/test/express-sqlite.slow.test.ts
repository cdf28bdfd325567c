import { expressSqlite, testExample } from "../src/index.js";

testExample(expressSqlite);
