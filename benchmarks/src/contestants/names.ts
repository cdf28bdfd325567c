/** Those whom others are compared with. */
export const OURS = "kysely-lucia";
export const OFFICIAL = "Lucia 1.x, official adapter";
export const KYSELY = "Kysely";
export const RAW = "driver alone";
