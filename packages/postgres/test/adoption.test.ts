import { adoptionTests } from "@kysely-lucia/conformance";
import { harnessOn } from "./support/harness.js";

const tables = (id: string, userId: string, reference: string, columns: string) => [
  `create table auth_user (id ${userId} primary key, username varchar(31) not null, nickname text)`,
  `create table auth_session (id ${id} primary key, user_id ${userId} not null ${reference},
     active_expires bigint not null, idle_expires bigint not null)`,
  `create table auth_key (id ${id} primary key, user_id ${userId} not null ${reference},
     hashed_password text${columns})`,
];

const REFERENCE = "references auth_user(id)";
const COLUMNS = ", primary_key boolean not null, expires bigint";

adoptionTests(harnessOn(10), [
  { name: "for pg", create: tables("text", "text", REFERENCE, COLUMNS) },
  { name: "with other lengths", create: tables("varchar(255)", "varchar(15)", REFERENCE, COLUMNS) },
  {
    name: "for Prisma",
    create: [
      ...tables("text", "text", "", COLUMNS),
      "create unique index auth_session_id_key on auth_session (id)",
      "create index auth_key_user_id_idx on auth_key (user_id)",
      `alter table auth_session add constraint auth_session_user_id_fkey foreign key (user_id) references auth_user(id)
         on delete cascade on update cascade`,
      `alter table auth_key add constraint auth_key_user_id_fkey foreign key (user_id) references auth_user(id)
         on delete cascade on update cascade`,
    ],
  },
  {
    name: "without foreign keys",
    withoutForeignKeys: true,
    create: tables("text", "text", "", COLUMNS),
  },
  {
    name: "before there were single-use keys",
    without: ["expires", "primary_key"],
    create: tables("text", "text", REFERENCE, ""),
  },
]);
