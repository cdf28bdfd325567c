import "vitest";

declare module "vitest" {
  interface ProvidedContext {
    /** A superuser's URL of a server for tests. */
    mysqlUrl: string;
  }
}
