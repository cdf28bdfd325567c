import { d03 } from "./d03.js";
import { d04 } from "./d04.js";
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
import { d23Rename } from "./d23-rename.js";
import { d23SignIn } from "./d23-sign-in.js";
import type { Scenario } from "./scenario.js";

/** In the order of their numbers. */
export const scenarios: readonly Scenario[] = [
  d03,
  d04,
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
  d23SignIn,
  d23Rename,
];
