import { adoptionTests } from "@kysely-lucia/conformance";
import { harnessOn } from "./support/harness.js";

const users = (id: string, end = "") =>
  `create table auth_user (id ${id}, username varchar(31) not null, nickname varchar(31), primary key (id))${end}`;

const sessions = (id: string, userId: string, integer: string, more: string) =>
  `create table auth_session (id ${id}, user_id ${userId} not null, active_expires ${integer} not null,
     idle_expires ${integer} not null, primary key (id)${more})`;

const keys = (id: string, userId: string, columns: string, more: string) =>
  `create table auth_key (id ${id}, user_id ${userId} not null, hashed_password varchar(255)${columns},
     primary key (id)${more})`;

const REFERENCE = ", foreign key (user_id) references auth_user(id)";

adoptionTests(harnessOn(10), [
  {
    name: "for mysql2",
    create: [
      users("varchar(15) not null"),
      sessions("varchar(127) not null", "varchar(15)", "bigint unsigned", REFERENCE),
      keys(
        "varchar(255) not null",
        "varchar(15)",
        ", primary_key tinyint unsigned not null, expires bigint unsigned",
        REFERENCE,
      ),
    ],
  },
  {
    name: "for PlanetScale, without foreign keys",
    withoutForeignKeys: true,
    create: [
      users("varchar(15) not null"),
      sessions("varchar(127) not null", "varchar(15)", "bigint unsigned", ""),
      keys(
        "varchar(255) not null",
        "varchar(15)",
        ", primary_key boolean not null, expires bigint unsigned",
        "",
      ),
    ],
  },
  {
    name: "for Drizzle",
    create: [
      users("varchar(15) not null"),
      sessions("varchar(128) not null", "varchar(15)", "bigint", REFERENCE),
      keys(
        "varchar(255) not null",
        "varchar(15)",
        ", primary_key boolean not null, expires bigint",
        REFERENCE,
      ),
    ],
  },
  {
    name: "for Prisma",
    create: [
      users("varchar(191) not null", " character set utf8mb4 collate utf8mb4_unicode_ci"),
      "create unique index auth_user_id_key on auth_user (id)",
      `${sessions("varchar(191) not null", "varchar(191)", "bigint", "")} character set utf8mb4 collate utf8mb4_unicode_ci`,
      `${keys("varchar(191) not null", "varchar(191)", ", primary_key boolean not null, expires bigint", "")} character set utf8mb4 collate utf8mb4_unicode_ci`,
      "create index auth_session_user_id_idx on auth_session (user_id)",
      "create index auth_key_user_id_idx on auth_key (user_id)",
      `alter table auth_session add constraint auth_session_user_id_fkey foreign key (user_id) references auth_user(id)
         on delete cascade on update cascade`,
      `alter table auth_key add constraint auth_key_user_id_fkey foreign key (user_id) references auth_user(id)
         on delete cascade on update cascade`,
    ],
  },
  {
    name: "before there were single-use keys",
    without: ["expires", "primary_key"],
    create: [
      users("varchar(36) not null"),
      sessions("varchar(63) not null", "varchar(36)", "bigint unsigned", REFERENCE),
      keys("varchar(255) not null", "varchar(36)", "", REFERENCE),
    ],
  },
]);
