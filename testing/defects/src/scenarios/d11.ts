import { outcomeOf, type Scenario } from "./scenario.js";

/** Its NFKC form is "password1". */
const TYPED = "paſſword①";

/** What stock Lucia 1.8 has stored for it. */
const STORED_BY_LUCIA =
  "s2:OrHFuQxL7buP6ERs:029b6c9c65c12e0528ac0d4807577d3494424b228b293b5fe85ef8ebe6992fdb26193b4412ab4630f8f312e98e4a37cf24ba29b1609474953cf443261ce5720e";

/** A password of characters that NFKC changes, as somebody types it twice. */
export const d11: Scenario<{ ownHash: string; hashOfLucia: string; wrongPassword: string }> = {
  id: "D11",
  luciaAlone: true,

  run: async ({ auth, sql }) => {
    await auth.createUser({
      primaryKey: { providerId: "name", providerUserId: "ada", password: TYPED },
      attributes: {},
    });
    const signIn = (password: string) => outcomeOf(auth.useKey("name", "ada", password));
    const ownHash = await signIn(TYPED);
    await sql("UPDATE auth_key SET hashed_password = ? WHERE id = 'name:ada'", STORED_BY_LUCIA);
    return {
      ownHash,
      hashOfLucia: await signIn(TYPED),
      wrongPassword: await signIn("paſſword②"),
    };
  },

  holds: ({ ownHash, hashOfLucia, wrongPassword }) =>
    ownHash === "done" && hashOfLucia === "done" && wrongPassword === "AUTH_INVALID_PASSWORD",

  inWords: ({ ownHash }) => `right password → ${ownHash}`,
};
