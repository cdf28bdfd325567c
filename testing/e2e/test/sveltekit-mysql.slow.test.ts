import { sveltekitMysql, testExample } from "../src/index.js";

testExample(sveltekitMysql);
