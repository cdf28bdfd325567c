/** Express 4 comes without types of its own; the calls of the tests are the same in both versions. */
declare module "express4" {
  const express: unknown;
  export default express;
}
