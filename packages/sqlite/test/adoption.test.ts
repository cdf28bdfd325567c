import { adoptionTests } from "@kysely-lucia/conformance";
import { harness } from "./support/harness.js";

const tables = (userId: string, integer: string, reference: string, columns: string) => [
  `create table auth_user (id ${userId} not null primary key, username varchar(31) not null, nickname text)`,
  `create table auth_session (id varchar(127) not null primary key, user_id ${userId} not null,
     active_expires ${integer} not null, idle_expires ${integer} not null${reference})`,
  `create table auth_key (id varchar(255) not null primary key, user_id ${userId} not null,
     hashed_password varchar(255)${columns}${reference})`,
];

const REFERENCE = ", foreign key (user_id) references auth_user(id)";

adoptionTests(harness, [
  {
    name: "for better-sqlite3",
    create: tables(
      "varchar(15)",
      "bigint",
      REFERENCE,
      ", primary_key int(1) not null, expires bigint",
    ),
  },
  {
    name: "with other types",
    create: tables("text", "integer", REFERENCE, ", primary_key boolean not null, expires integer"),
  },
  {
    name: "without foreign keys",
    withoutForeignKeys: true,
    create: tables("varchar(31)", "bigint", "", ", primary_key int not null, expires bigint"),
  },
  {
    name: "before there were single-use keys",
    without: ["expires", "primary_key"],
    create: tables("varchar(36)", "bigint", REFERENCE, ""),
  },
]);
