import { d01, d02 } from "./d01-d02.js";
import { d03 } from "./d03.js";
import { d04 } from "./d04.js";
import { d05 } from "./d05.js";
import { d06 } from "./d06.js";
import { d07 } from "./d07.js";
import { d08 } from "./d08.js";
import { d09 } from "./d09.js";
import { d10 } from "./d10.js";
import { d11 } from "./d11.js";
import { d12 } from "./d12.js";
import { d13 } from "./d13.js";
import { d14 } from "./d14.js";
import { d18 } from "./d18.js";
import { d20 } from "./d20.js";
import { d22 } from "./d22.js";
import { d23Rename } from "./d23-rename.js";
import { d23SignIn } from "./d23-sign-in.js";
import type { DatabaseName, Scenario } from "./scenario.js";

/** In the order of their numbers. */
export const scenarios: readonly Scenario[] = [
  ...d01,
  ...d02,
  d03,
  d04,
  d05,
  d06,
  d07,
  d08,
  d09,
  d10,
  d11,
  d12,
  d13,
  d14,
  d18,
  d20,
  ...d22,
  d23SignIn,
  d23Rename,
];

/** Those that are run on a database. */
export function scenariosOn(database: DatabaseName): readonly Scenario[] {
  return scenarios.filter(({ databases }) => databases?.includes(database) ?? true);
}
