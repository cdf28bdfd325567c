// Loaded before the site. Whatever hashes or checks a password is told what it would be if a thousand were waiting.
import crypto from "node:crypto";
import { syncBuiltinESMExports } from "node:module";

crypto.scrypt = (_password, _salt, _length, _options, callback) => {
  const error = new Error("1000 passwords are waiting to be hashed or checked.");
  error.name = "TooManyPasswordsError";
  callback(error);
};
syncBuiltinESMExports();
