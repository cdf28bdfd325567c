import * as postgres from "@kysely-lucia/postgres";
import * as sqlite from "@kysely-lucia/sqlite";
import SQLite from "better-sqlite3";
import { CamelCasePlugin, sql } from "kysely";
import lucia from "lucia-auth";
import pg from "pg";
import { describe, expect, onTestFinished, test } from "vitest";
import type { App } from "../src/app.js";
import { doctor } from "../src/commands/doctor.js";
import { Output } from "../src/output.js";
import {
  FOREIGN_KEYS,
  type Open,
  onMariadb,
  onPostgres,
  onSqlite,
  TABLES,
  useServers,
} from "./places.js";
import { captured, cli } from "./support.js";

useServers();

const PLACES: [name: string, open: Open][] = [
  ["SQLite", onSqlite],
  ["PostgreSQL", onPostgres],
  ["MariaDB", onMariadb],
];

/** Tables with these rows in them. */
async function filled(open: Open, ...rows: string[]) {
  const place = await open();
  for (const sql of [...TABLES, ...rows]) await place.run(sql);
  return place;
}

/** What stock Lucia and its official adapters leave behind on tables without foreign keys. */
async function broken(open: Open) {
  const place = await filled(open);
  const auth = lucia({
    adapter: place.adapter,
    env: "DEV",
    autoDatabaseCleanup: false,
    hash: { generate: async (s) => `hash of ${s}`, validate: async (s, h) => h === `hash of ${s}` },
  });
  const signUp = (username: string, providerUserId: string, password: string | null) =>
    auth.createUser({
      primaryKey: { providerId: "email", providerUserId, password },
      attributes: { username },
    } as never);
  const ada = await signUp("ada", "ada", "secret");
  await auth.createSession(ada.userId);
  // A name that is taken already: the user stays without its key.
  await signUp("bob", "ada", "mine").catch(() => {});
  await place.run(
    "insert into auth_user (id, username) values ('without-key', 'eve'), ('with-a-letter', 'dan')",
  );
  await place.run(
    `create table letter (id varchar(15) not null primary key, reader varchar(15) not null, foreign key (reader) references auth_user (id) on delete cascade)`,
  );
  await place.run("insert into letter values ('letter-1', 'with-a-letter')");
  await signUp("carol", "carol", "");
  await auth.createSession("nobody").catch(() => {});
  await place.run(
    `insert into auth_session (id, user_id, active_expires, idle_expires)
     values ('orphan', 'nobody', 1, 4000000000000), ('expired', 'without-key', 1, 2)`,
  );
  await place.run(
    "insert into auth_key (id, user_id, primary_key) values ('idp:nobody', 'nobody', false)",
  );
  return place;
}

describe.each(PLACES)("on %s", (_, open) => {
  test("finds and mends what the official adapter leaves behind, and keeps what it removes", async () => {
    const place = await broken(open);
    const before = {
      auth_key: await place.ids("auth_key"),
      auth_user: await place.ids("auth_user"),
      auth_session: await place.ids("auth_session"),
    };

    const looked = await cli(["doctor", "--url", place.url]);
    expect(looked.code).toBe(1);
    expect(looked.out).toMatch(/keys without a user: 1 row \(keys-without-user\)/);
    expect(looked.out).toContain("idp:nobody");
    expect(looked.out).toMatch(/sessions without a user: .*\(sessions-without-user\)/);
    expect(looked.out).toMatch(/users without a key.* \(users-without-key\)/);
    expect(looked.out).toMatch(/keys without a password.* \(keys-without-password\)/);
    expect(looked.out).toContain("email:carol");
    expect(looked.out).toMatch(/with --fix: copied.*removed\n {2}ids: idp:nobody\n/);
    expect(looked.out).toMatch(
      /^May be meant to be so:\n\nusers without.*with --fix --only users-without-key: copied.*sessions whose ids are stored in clear.*with --fix: left/ms,
    );
    expect(looked.out).toContain("`--fix` mends what can be mended.");
    for (const id of before.auth_session) expect(looked.out).not.toContain(id);
    expect(await place.ids("auth_key")).toEqual(before.auth_key);

    const mend = (...more: string[]) =>
      cli(["doctor", "--fix", "--yes", "--json", "--url", place.url, ...more]);
    const first = await mend();
    expect(first.code).toBe(0);
    expect(first.json().mended).toMatchObject([
      { name: "keys-without-user", rows: 1 },
      { name: "sessions-without-user" },
    ]);
    // Who they are to be is known to the app alone.
    expect(await place.ids("auth_user")).toEqual(before.auth_user);
    expect(await place.ids("auth_key")).toEqual(
      before.auth_key.filter((id) => id !== "idp:nobody"),
    );

    const second = await mend("--only", "users-without-key,keys-without-password");
    expect(second.json().mended).toMatchObject([
      { name: "users-without-key" },
      { name: "keys-without-password", rows: 1 },
    ]);
    expect(await place.ids("auth_user")).not.toContain("without-key");
    expect(await place.ids("auth_user")).toContain("with-a-letter");
    expect(await place.ids("letter")).toEqual(["letter-1"]);
    expect(await place.ids("auth_session")).toHaveLength(1);
    const again = await cli(["doctor", "--url", place.url]);
    expect(again.out).toContain("All else is well. What is above may be meant to be so.");
    expect(again.code).toBe(0);

    // What was removed can be put back.
    for (const { putBack } of [...first.json().mended, ...second.json().mended]) {
      for (const statement of putBack) await place.run(statement);
    }
    expect(await place.ids("auth_key")).toEqual(before.auth_key);
    expect(await place.ids("auth_user")).toEqual(before.auth_user);
    expect(await place.ids("auth_session")).toEqual(before.auth_session);
    const restored = await cli(["doctor", "--json", "--url", place.url]);
    expect(restored.json().found.map(({ name, rows }: Row) => [name, rows])).toEqual([
      ["keys-without-user", 1],
      ["sessions-without-user", before.auth_session.length - 2],
      ["users-without-key", 2],
      ["keys-without-password", 1],
      ["plain-sessions", before.auth_session.length],
    ]);
  });

  test("a user that others refer to by several columns is kept, and one by none of them is not", async () => {
    const place = await filled(
      open,
      "create unique index pair on auth_user (id, username)",
      "insert into auth_user values ('user-1', 'ada'), ('user-2', 'bob')",
      `create table member (id varchar(15) not null primary key, user_id varchar(15), name varchar(255),
         foreign key (user_id, name) references auth_user (id, username) on delete set null)`,
      "insert into member values ('member-1', 'user-1', 'ada'), ('member-2', null, null)",
    );
    const only = ["--only", "users-without-key"];
    await cli(["doctor", "--fix", "--yes", "--url", place.url, ...only]);
    expect(await place.ids("auth_user")).toEqual(["user-1"]);
  });

  test("rows that others refer to are left to the app, and what was mended before is told", async () => {
    const place = await filled(
      open,
      "insert into auth_key values ('email:nobody', 'nobody', true, 'x', null)",
      "insert into auth_session values ('session-1', 'nobody', 1, 4000000000000)",
      `create table visit (id varchar(127) not null primary key,
         foreign key (id) references auth_session (id) on delete cascade)`,
      "insert into visit values ('session-1')",
    );
    const args = ["doctor", "--fix", "--yes", "--json", "--url", place.url];
    const { code, err, json } = await cli(args);
    expect(err).toMatch(/visit.id refers to rows of sessions-without-user.*Nothing was changed/);
    expect(json().error).toMatch(/visit.id refers to rows/);
    expect(json().mended).toMatchObject([{ name: "keys-without-user", rows: 1 }]);
    expect(code).toBe(3);
    expect(await place.ids("auth_session")).toEqual(["session-1"]);
    expect(await place.ids("visit")).toEqual(["session-1"]);
    expect(await place.ids("auth_key")).toEqual([]);
    expect(await place.ids(json().mended[0].backups[0])).toEqual(["email:nobody"]);
  });
});

describe("what would go with rows and has no copy is left to the app", () => {
  const ORPHAN =
    "insert into auth_key (id, user_id, primary_key) values ('email:nobody', 'nobody', true)";
  const OPEN =
    "insert into auth_key values ('email:ada', 'nobody', true, null, null), ('email:bob', 'nobody', true, 'x', null)";
  const FUNCTION =
    "create function keep() returns trigger language plpgsql as 'begin return null; end'";

  test.each<[what: string, open: Open, rows: string[], only: string]>([
    [
      "trigger erase",
      onPostgres,
      [
        FUNCTION,
        "create trigger erase before delete on auth_key for each row execute function keep()",
      ],
      "keys-without-user",
    ],
    [
      "trigger track",
      onPostgres,
      [
        FUNCTION,
        "create trigger track after update on auth_key for each row execute function keep()",
      ],
      "keys-without-password",
    ],
    [
      "rule erase",
      onPostgres,
      ["create rule erase as on delete to auth_key do also delete from auth_session"],
      "keys-without-user",
    ],
    [
      "table old_key, which inherits from auth_key",
      onPostgres,
      ["create table old_key (note text) inherits (auth_key)"],
      "keys-without-user",
    ],
    [
      "trigger erase",
      onMariadb,
      ["create trigger erase after delete on auth_key for each row delete from auth_session"],
      "keys-without-user",
    ],
    [
      "trigger erase",
      onSqlite,
      ["create trigger erase after delete on auth_key begin delete from auth_session; end"],
      "keys-without-user",
    ],
  ])("%s", async (what, open, more, only) => {
    const place = await filled(open, ...more, ORPHAN, OPEN);
    const args = ["doctor", "--fix", "--yes", "--only", only, "--url", place.url];
    const { code, err } = await cli(args);
    expect(err).toContain(`auth_key has a ${what}`);
    expect(err).toContain("Nothing was changed.");
    expect(code).toBe(3);
    expect(await place.ids("auth_key where hashed_password is null")).toHaveLength(2);
  });

  test("but not triggers that others set off", async () => {
    const place = await filled(
      onMariadb,
      "create trigger track after update on auth_key for each row delete from auth_session",
      ORPHAN,
    );
    expect((await cli(["doctor", "--fix", "--yes", "--url", place.url])).code).toBe(0);
    expect(await place.ids("auth_key")).toEqual([]);
  });

  test("rows that refer to others in another spelling, on SQLite", async () => {
    const place = await onSqlite();
    for (const sql of [TABLES[0], TABLES[2]]) await place.run(String(sql));
    await place.run(`
      create table auth_key (id text not null primary key collate nocase, user_id text not null,
        primary_key boolean not null, hashed_password text, expires bigint);
      create table note (id text, key_id text references auth_key (id) on delete cascade);
      ${ORPHAN};
      insert into note values ('note-1', 'EMAIL:NOBODY')`);
    const { code, err } = await cli(["doctor", "--fix", "--yes", "--url", place.url]);
    expect(err).toMatch(/note.key_id refers to rows of keys-without-user.*Nothing was changed/);
    expect(code).toBe(3);
    expect(await place.ids("note")).toEqual(["note-1"]);
  });
});

interface Row {
  readonly name: string;
  readonly rows: number;
}

test.each<[name: string, open: Open, code: number]>([
  // It has copied the user by then, and lets go of all of it.
  ["PostgreSQL", onPostgres, 3],
  // It looks at keys once it has locked the user.
  ["MariaDB", onMariadb, 0],
])(
  "a user who is given a key while the doctor is at work is kept, on %s",
  async (_, open, code) => {
    const place = await filled(
      open,
      ...FOREIGN_KEYS,
      "insert into auth_user values ('user-1', 'ada')",
      "begin",
      "insert into auth_key values ('email:ada', 'user-1', true, 'x', null)",
    );
    const only = ["--only", "users-without-key"];
    const doctor = cli(["doctor", "--fix", "--yes", "--url", place.url, ...only]);
    const waiting = place.url.startsWith("postgres")
      ? "(select pid as id from pg_locks where not granted) as w"
      : "(select trx_id as id from information_schema.innodb_trx where trx_state = 'LOCK WAIT') as w";
    // MariaDB brings that table up to date where nobody has read it for a tenth of a second.
    const options = { interval: 300, timeout: 20_000 };
    await expect.poll(() => place.ids(waiting), options).toHaveLength(1);
    await place.run("commit");
    const ended = await doctor;
    expect(ended.code).toBe(code);
    expect(ended.err).toMatch(
      code === 0 ? /^$/ : /rows of users-without-key were changed since they were shown/,
    );
    expect(await place.ids("auth_user")).toEqual(["user-1"]);
    expect(await place.ids("auth_key")).toEqual(["email:ada"]);
  },
);

describe("tables of other names, past the plugins of the app", () => {
  const tables = { user: "appUser", session: "appSession", key: "appKey" };
  const names = { tables: tables as never, foreignKeys: false, lucia: { env: "DEV" as const } };
  const kysely = { plugins: [new CamelCasePlugin()] };

  /** What `doctor --fix` says, on an app with a key of nobody and a user without a key. */
  async function mended(app: App, quoted: (table: string) => string) {
    onTestFinished(() => app.close());
    await app.migrate();
    const run = (text: string) => sql.raw(text).execute(app.db as never);
    await run(`insert into ${quoted("appUser")} (id) values ('user-1')`);
    await run(`insert into ${quoted("appKey")} values ('email:nobody', 'nobody', true, 'x', null)`);
    const { streams, written } = captured();
    const output = new Output(streams, false, {});
    const context = {
      app,
      output,
      knowsUserColumns: true,
      place: "",
      signal: new AbortController().signal,
    };
    const only = ["keys-without-user", "users-without-key"];
    expect(await doctor(context, { fix: true, yes: true, only })).toBe(0);
    return written.out;
  }

  test("on SQLite", async () => {
    const options = { ...names, kysely, schema: sqlite.schema() };
    const app = sqlite.kyselyLucia({ ...options, database: new SQLite(":memory:") });
    const said = await mended(app as never, (table) => `"${table}"`);
    expect(said).toMatch(/1 row. As they were: backup_\d{17}_key_of_keys_without_user\n/);
    expect(said).toMatch(/1 row. As they were: backup_\d{17}_user_of_users_without_key\n/);
  });

  test("on PostgreSQL, in a schema of their own", async () => {
    const { url } = await onPostgres();
    const pool = new pg.Pool({ connectionString: url });
    const options = { ...names, kysely, schema: postgres.schema(), databaseSchema: "own" };
    const app = postgres.kyselyLucia({ ...options, pool });
    const said = await mended(app as never, (table) => `own."${table}"`);
    expect(said).toMatch(/1 row. As they were: own.backup_\d{17}_key_of_keys_without_user\n/);
    expect(said).toMatch(/1 row. As they were: own.backup_\d{17}_user_of_users_without_key\n/);
  });
});

describe("users who are referred to in a way of a database's own are kept", () => {
  const remove = (url: string) =>
    cli(["doctor", "--fix", "--yes", "--only", "users-without-key", "--url", url]);

  test("by a table that inherits, and by rows that are hidden, on PostgreSQL", async () => {
    const place = await filled(
      onPostgres,
      "create table member (primary key (id)) inherits (auth_user)",
      "insert into member values ('member-1', 'ada')",
      "create table note (reader varchar(15) references member (id) on delete cascade)",
      "insert into note values ('member-1')",
    );
    await remove(place.url);
    expect(await place.ids("auth_user")).toEqual(["member-1"]);
    await place.run(
      `drop table note, member;
       insert into auth_user values ('user-1', 'bob');
       create table secret (reader varchar(15) references auth_user (id) on delete cascade);
       insert into secret values ('user-1'); alter table secret enable row level security;
       create role doctor_without_secrets;
       grant all on all tables in schema public to doctor_without_secrets;
       grant create on schema public to doctor_without_secrets`,
    );
    try {
      const { err, code } = await remove(`${place.url}?options=-c%20role%3Ddoctor_without_secrets`);
      expect(err).toContain("row-level security");
      expect(code).toBe(3);
      expect(await place.ids("auth_user")).toEqual(["user-1"]);
    } finally {
      await place.run("drop owned by doctor_without_secrets; drop role doctor_without_secrets");
    }
  });

  test("by another spelling, and without naming the column, on SQLite", async () => {
    const place = await onSqlite();
    for (const sql of TABLES.slice(1)) await place.run(sql);
    await place.run(`
      create table auth_user (number integer primary key, id text not null unique collate nocase);
      create table note (reader text references auth_user (id) on delete cascade);
      create table visit (number integer references auth_user on delete cascade);
      insert into auth_user values (1, 'ADA'), (2, 'bob'), (3, 'eve');
      insert into note values ('ada');
      insert into visit values (2)`);
    await remove(place.url);
    expect(await place.ids("auth_user")).toEqual(["ADA", "bob"]);
  });
});

describe("copies", () => {
  const ORPHAN =
    "insert into auth_key (id, user_id, primary_key) values ('email:nobody', 'nobody', true)";
  const fix = async (url: string) => {
    const { json } = await cli(["doctor", "--fix", "--yes", "--json", "--url", url]);
    return json().mended[0];
  };

  test("have the columns that are hidden, on MariaDB", async () => {
    const place = await filled(
      onMariadb,
      "alter table auth_key add note varchar(50) invisible default 'a note'",
      "alter table auth_key add provider varchar(50) as (substring_index(id, ':', 1))",
      ORPHAN,
    );
    const { backups, putBack } = await fix(place.url);
    const notes = (table: string) => place.ids(`(select note as id from ${table}) as b`);
    expect(await notes(backups[0])).toEqual(["a note"]);
    await place.run(`update ${backups[0]} set note = 'another one'`);
    await place.run(putBack[0]);
    expect(await notes("auth_key")).toEqual(["another one"]);
  });

  test("that stay empty are dropped", async () => {
    const place = await filled(onSqlite, "insert into auth_user values ('user-1', 'ada')");
    const args = ["doctor", "--fix", "--yes", "--only", "users-without-key", "--url", place.url];
    const { out } = await cli(args);
    expect(out).toMatch(
      /Mended: users-without-key, 1 row. As they were: (\w+)\n {2}To put them back:\n {2}insert into "auth_user" \("id", "username"\) select "id", "username" from "\1";\n/,
    );
    const tables = "(select name as id from sqlite_schema where name like 'backup%')";
    expect(await place.ids(tables)).toHaveLength(1);
  });

  test("are without the columns that are generated", async () => {
    const place = await filled(
      onSqlite,
      "alter table auth_key add column provider text as (substr(id, 1, 5)) virtual",
      ORPHAN,
    );
    for (const statement of (await fix(place.url)).putBack) await place.run(statement);
    expect(await place.ids("auth_key")).toEqual(["email:nobody"]);
  });

  test("have the numbers that rows were given by the database, on PostgreSQL", async () => {
    const place = await filled(
      onPostgres,
      "alter table auth_key add number integer generated always as identity (start with 7)",
      ORPHAN,
    );
    const { putBack } = await fix(place.url);
    await place.run(putBack[0]);
    expect(await place.ids("(select number::text as id from auth_key) as k")).toEqual(["7"]);
  });

  test("are dropped where nothing was mended", async () => {
    const place = await filled(
      onSqlite,
      ORPHAN,
      "create table login (id text primary key, key_id text references auth_key (id))",
      "insert into login values ('login-1', 'email:nobody')",
    );
    const { code, err } = await cli(["doctor", "--fix", "--yes", "--url", place.url]);
    expect([code, err]).toEqual([3, expect.stringContaining("Nothing was changed")]);
    const tables = "(select name as id from sqlite_schema where name like 'backup%')";
    expect(await place.ids(tables)).toEqual([]);
  });

  test("are kept from others as the rows were, on PostgreSQL", async () => {
    const place = await filled(
      onPostgres,
      "create role reader_of_copies",
      "alter default privileges grant select on tables to reader_of_copies",
      ORPHAN,
    );
    try {
      const [backup] = (await fix(place.url)).backups;
      expect(await place.ids(backup)).toEqual(["email:nobody"]);
      await place.run("set role reader_of_copies");
      expect(await place.ids(backup)).toEqual([]);
    } finally {
      await place.run("reset role; drop owned by reader_of_copies; drop role reader_of_copies");
    }
  });
});

test("columns of different character sets are compared by what they say", async () => {
  const place = await filled(
    onMariadb,
    "alter table auth_user modify id varchar(15) character set latin1 not null",
    "insert into auth_user values ('zoë', 'zoë')",
    "insert into auth_key values ('email:zoë', 'zoë', true, 'x', null)",
  );
  const { out, code } = await cli(["doctor", "--url", place.url]);
  expect(out).toContain("There is nothing left to mend.");
  expect(code).toBe(0);
});

test("a server that wants a primary key in each table gets one", async () => {
  const place = await filled(
    onMariadb,
    "insert into auth_key values ('email:nobody', 'nobody', true, 'x', null)",
  );
  await cli(["doctor", "--fix", "--yes", "--url", place.url]);
  const backups = `(select table_name as id from information_schema.table_constraints
     where table_schema = database() and constraint_type = 'PRIMARY KEY' and table_name like 'backup%') as b`;
  expect(await place.ids(backups)).toHaveLength(1);
});

describe("tables that are no patient", () => {
  test("those that are missing", async () => {
    const place = await onSqlite();
    const { code, err } = await cli(["doctor", "--url", place.url]);
    expect(err).toMatch(
      /cannot be judged: auth_user is missing; auth_session is missing; auth_key is missing.*Run `migrate` first/,
    );
    expect(code).toBe(3);
  });

  test("those that hide rows from this role", async () => {
    const place = await filled(
      onPostgres,
      "insert into auth_user values ('user-1', 'ada')",
      "insert into auth_key values ('email:ada', 'user-1', true, 'x', null)",
      "alter table auth_user enable row level security",
      "create role doctor_without_rows",
      "grant all on all tables in schema public to doctor_without_rows; grant create on schema public to doctor_without_rows",
    );
    try {
      const url = `${place.url}?options=-c%20role%3Ddoctor_without_rows`;
      const { code, err } = await cli(["doctor", "--fix", "--yes", "--url", url]);
      expect(err).toMatch(/cannot be judged: auth_user is under row level security/);
      expect(code).toBe(3);
      expect(await place.ids("auth_key")).toEqual(["email:ada"]);
    } finally {
      await place.run("drop owned by doctor_without_rows; drop role doctor_without_rows");
    }
  });

  test("those of a later version", async () => {
    const place = await filled(
      onSqlite,
      "create table kysely_lucia_migration (name text, timestamp text)",
      "insert into kysely_lucia_migration values ('auth_user/0009_later', '')",
    );
    const { code, err } = await cli(["doctor", "--fix", "--yes", "--url", place.url]);
    expect(err).toMatch(/kysely_lucia_migration is of a later version, which has run 0009_later/);
    expect(code).toBe(3);
  });

  test("those of an engine that rolls nothing back", async () => {
    const place = await filled(onMariadb, "alter table auth_session engine = MyISAM");
    const { code, err } = await cli(["doctor", "--url", place.url]);
    expect(err).toMatch(/cannot be judged: auth_session is in an engine without transactions/);
    expect(code).toBe(3);
  });
});

test("early tables are judged by what they have", async () => {
  const place = await onSqlite();
  for (const sql of TABLES) await place.run(sql.replace(/,\s+expires bigint/, ""));
  await place.run("insert into auth_key values ('email:nobody', 'nobody', 1, null)");
  const { code, out } = await cli(["doctor", "--fix", "--yes", "--url", place.url]);
  expect(out).toContain(
    "Not looked for: keys-without-password, as there is no auth_key.expires. Run `migrate`.",
  );
  expect(out).toContain("Mended: keys-without-user, 1 row.");
  expect(code).toBe(1);
});

test("keys that collide, and that can be read two ways, are told and left alone", async () => {
  const place = await filled(
    onSqlite,
    "insert into auth_user values ('1', 'ada'), ('2', 'Ada')",
    "insert into auth_key values ('email:ada', '1', 1, 'x', null), ('email:Ada', '2', 1, 'x', null), ('a:b:c', '1', 0, 'x', null)",
  );
  const { code, out } = await cli(["doctor", "--fix", "--yes", "--url", place.url]);
  expect(out).toMatch(/keys that differ from others by upper and lower case alone: 2 rows/);
  expect(out).toMatch(/keys that can be read two ways: 1 row/);
  expect(code).toBe(1);
  expect(await place.ids("auth_key")).toHaveLength(3);
});

test("more than ten thousand rows that have expired are told, unless something else is asked for", async () => {
  const place = await filled(
    onSqlite,
    "insert into auth_user values ('user-1', 'ada')",
    `insert into auth_key values ('email:ada', 'user-1', 1, 'x', null), ('reset:ada', 'user-1', 0, null, 1)`,
    `with recursive number (n) as (values (1) union all select n + 1 from number where n < 9999)
       insert into auth_session select 'sha256:' || n, 'user-1', 1000, 2000 from number`,
  );
  const doctor = (...more: string[]) => cli(["doctor", "--url", place.url, ...more]);
  expect((await doctor()).code).toBe(0);
  await place.run("insert into auth_session values ('sha256:one-more', 'user-1', 1000, 2000)");
  const { code, out } = await doctor();
  expect(out).toBe(
    "sessions and single-use keys that have expired: 10,001 rows. `cleanup` deletes them.\n",
  );
  expect(code).toBe(1);
  const only = await doctor("--only", "keys-without-user", "--json");
  expect(only.json()).toEqual({ found: [] });
  expect(only.code).toBe(0);
});

test("what a terminal would obey in an id is shown, not done", async () => {
  const place = await filled(
    onSqlite,
    "insert into auth_key values ('email:' || char(27) || '[2J' || char(10), 'nobody', 1, 'x', null)",
  );
  const { out } = await cli(["doctor", "--url", place.url]);
  expect(out).toContain("email:\\u{1b}[2J\\u{a}\n");
  const unknown = await cli(["doctor", "--url", place.url, "--only", "everything"]);
  expect(unknown.err).toMatch(/--only has "everything". Expected some of: keys-without-user, /);
  expect(unknown.code).toBe(2);
});

describe("at a terminal", () => {
  const patient = () =>
    filled(
      onSqlite,
      "insert into auth_key values ('email:nobody', 'nobody', 1, 'x', null)",
      "insert into auth_session values ('session-1', 'nobody', 1, 4000000000000)",
    );
  const [KEYS, SESSIONS] = [
    "Remove 1 row: keys without a user?",
    "Remove 1 row: sessions without a user?",
  ];

  test("asks before each, and leaves what it is told to", async () => {
    const place = await patient();
    const { code, out } = await cli(["doctor", "--fix", "--url", place.url], {
      isTTY: true,
      answers: [
        [KEYS, "n"],
        [SESSIONS, "y"],
      ],
    });
    expect(out).toContain("Mended: sessions-without-user, 1 row.");
    expect(out).not.toContain("Mended: keys-without-user");
    expect(code).toBe(1);
    expect(await place.ids("auth_key")).toHaveLength(1);
    expect(await place.ids("auth_session")).toHaveLength(0);
  });

  test("Ctrl+C ends it, and what was mended stays so", async () => {
    const place = await patient();
    const { code, err } = await cli(["doctor", "--fix", "--url", place.url], {
      isTTY: true,
      answers: [
        [KEYS, "y"],
        [SESSIONS, "\u0003"],
      ],
    });
    expect(err).toContain("Interrupted. What was done stays done.");
    expect(code).toBe(130);
    expect(await place.ids("auth_key")).toHaveLength(0);
    expect(await place.ids("auth_session")).toHaveLength(1);
  });

  test("the end of the input is no answer", async () => {
    const place = await patient();
    const { code } = await cli(["doctor", "--fix", "--url", place.url], {
      isTTY: true,
      answers: [[KEYS, "\u0004"]],
    });
    expect(code).toBe(130);
    expect(await place.ids("auth_key")).toHaveLength(1);
  });

  test("more rows than were shown are left", async () => {
    const place = await patient();
    const more = () => {
      void place.run("insert into auth_key values ('email:more', 'nobody', 1, 'x', null)");
      return "y";
    };
    const { code, err } = await cli(["doctor", "--fix", "--url", place.url], {
      isTTY: true,
      answers: [[KEYS, more]],
    });
    expect(err).toMatch(/rows of keys-without-user were changed since they were shown/);
    expect(code).toBe(3);
    expect(await place.ids("auth_key")).toHaveLength(2);
  });

  test("a locked key is asked for in other words", async () => {
    const place = await filled(
      onSqlite,
      "insert into auth_user values ('user-1', 'ada')",
      "insert into auth_key values ('email:ada', 'user-1', 1, null, null), ('email:bob', 'user-1', 0, 'x', null)",
    );
    const { code } = await cli(
      ["doctor", "--fix", "--only", "keys-without-password", "--url", place.url],
      { isTTY: true, answers: [["Lock 1 row: keys without a password", "y"]] },
    );
    expect(code).toBe(0);
  });
});
