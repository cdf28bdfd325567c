import { works } from "../work/index.js";
import { deleteExpired } from "./delete-expired.js";
import { growth } from "./growth.js";
import { memory } from "./memory.js";
import { passwords } from "./passwords.js";
import type { Procedure } from "./procedure.js";
import { rate } from "./rate.js";
import { requests } from "./requests.js";
import { typeCheck } from "./type-check.js";

/** In the order in which they run and results show them. */
export const procedures: readonly Procedure[] = [
  ...works.map(rate),
  requests,
  passwords,
  growth,
  memory,
  deleteExpired,
  typeCheck,
];
