import { spawnSync } from "node:child_process";

/** A language other than English that a server can be asked to have its messages in. */
export type MessageLanguage = "de";

/** The word for "Usage", which programs print when asked for help. */
const USAGE = { de: "Aufruf:" } as const;

/** The variables that make a program speak the language. */
export function languageEnvironment(language: MessageLanguage) {
  return { LANGUAGE: language, LC_ALL: findLocale() };
}

/** Whether the program has a translation that works here. */
export function speaks(program: string, language: MessageLanguage): boolean {
  const env = { ...process.env, ...languageEnvironment(language) };
  const { stdout } = spawnSync(program, ["--help"], { env, cwd: "/" });
  return String(stdout).includes(USAGE[language]);
}

/** `LANGUAGE` counts in any locale but C, and in newer systems but C.UTF-8. */
function findLocale(): string {
  const locales = String(spawnSync("/usr/bin/locale", ["-a"]).stdout ?? "").split("\n");
  return locales.find((name) => /^[a-z]+_.*utf-?8$/i.test(name)) ?? "C.UTF-8";
}
