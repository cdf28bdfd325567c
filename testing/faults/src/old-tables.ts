/** Tables of an early Lucia, with rows: without `expires`, `primary_key` and indexes, and on MySQL in its usual collation. */
export const oldTables: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  ["sqlite", "postgres", "mysql"].map((database) => {
    const charset = database === "mysql" ? " character set utf8mb4 collate utf8mb4_general_ci" : "";
    return [
      database,
      [
        `create table auth_user (id varchar(15) not null primary key, username varchar(255) not null)${charset}`,
        `create table auth_key (id varchar(255) not null primary key, user_id varchar(15) not null,
           hashed_password varchar(255), foreign key (user_id) references auth_user (id))${charset}`,
        `create table auth_session (id varchar(127) not null primary key, user_id varchar(15) not null,
           active_expires bigint not null, idle_expires bigint not null, foreign key (user_id) references auth_user (id))${charset}`,
        "insert into auth_user values ('user-1', 'ada'), ('user-2', 'bob')",
        "insert into auth_key values ('username:ada', 'user-1', null), ('username:bob', 'user-2', null), ('idp:bob', 'user-2', null)",
        "insert into auth_session values ('session-1', 'user-1', 4000000000000, 4000000000000)",
      ],
    ];
  }),
);

/** Which keys were primary ones is told by those that are their users' only ones. */
export const primaryKeys = {
  read: "select concat(id, ' ', case when primary_key then 'first' else 'other' end) from auth_key order by id",
  expected: ["idp:bob other", "username:ada first", "username:bob other"],
};

/** What has to be there whatever happens while they are migrated. */
export const oldRows = [
  "select concat(id, ' ', username) from auth_user order by id",
  "select concat(id, ' ', user_id) from auth_key order by id",
  "select concat(id, ' ', user_id, ' ', active_expires, ' ', idle_expires) from auth_session",
];
