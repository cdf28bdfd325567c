/** What stands for a secret. */
const HIDDEN = "***";

/** The parameters of URLs and of PostgreSQL's connection strings that are secret, or name files with secrets. */
const SECRET = /pass(word|wd|phrase)?|secret|token|key/i;

/**
 * A text, such as an error's, without the secrets of these URLs, nor what stands before the host in any other one but our own examples: drivers
 * repeat what they were given, and parts of a password with a slash or an @ in it can end up as the name of a host or a
 * database.
 */
export function redactText(text: string, urls: readonly string[]): string {
  return urls
    .flatMap(secretsOf)
    .sort((left, right) => right.length - left.length)
    .reduce((result, secret) => result.replaceAll(secret, HIDDEN), text)
    .replaceAll(
      /(\b[a-z][\w+.-]*:\/\/)(?!user:password@localhost\/app\b)[^\s"'`]*@/gi,
      `$1${HIDDEN}@`,
    );
}

/** As they are written, and as they are meant; to be looked for the longest first, as one may contain another. */
function secretsOf(url: string): string[] {
  const query = url.slice(url.indexOf("?") + 1);
  const parameters = [...new URLSearchParams(query)].filter(([name]) => SECRET.test(name));
  const given = [
    // All between the first colon after the scheme and the last @, however many slashes there are: names of users may have an @ too.
    /\b[a-z][\w+.-]*:\/*[^:?]*:(.*)@/is.exec(url)?.[1] ?? "",
    ...parameters.map(([, value]) => value),
    ...query.split("&").flatMap((pair) => {
      const [name = "", value = ""] = pair.split(/=(.*)/s);
      return SECRET.test(name) ? [value] : [];
    }),
  ];
  return given
    .flatMap((secret) => [secret, ...secret.split(/[/@?&#]/)])
    .flatMap((secret) => [secret, decode(secret)])
    .filter((secret) => secret.length > SHORT);
}

/** Up to this length they would be found inside of ordinary words. */
const SHORT = 2;

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
