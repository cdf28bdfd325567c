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
import { d15 } from "./d15.js";
import { d16 } from "./d16.js";
import { d17 } from "./d17.js";
import { d18 } from "./d18.js";
import { d19 } from "./d19.js";
import { d20 } from "./d20.js";
import { d21 } from "./d21.js";
import { d22 } from "./d22.js";
import { d23Rename } from "./d23-rename.js";
import { d23SignIn } from "./d23-sign-in.js";
import { d24 } from "./d24.js";
import { d25 } from "./d25.js";
import { d26 } from "./d26.js";
import { d27 } from "./d27.js";
import { d28Requests } from "./d28-requests.js";
import { d28SignOut } from "./d28-sign-out.js";
import { d29 } from "./d29.js";
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
  d15,
  d16,
  d17,
  d18,
  d19,
  d20,
  d21,
  ...d22,
  d23SignIn,
  d23Rename,
  d24,
  d25,
  d26,
  d27,
  d28Requests,
  d28SignOut,
  d29,
];

/** Whether a scenario is run on a database. */
export function isRunOn({ only }: Scenario, database: DatabaseName): boolean {
  return only?.on.includes(database) ?? true;
}
