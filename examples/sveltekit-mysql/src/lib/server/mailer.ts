import { building } from "$app/environment";
import { db } from "./auth.js";
import { origin } from "./settings.js";

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** The address to open, which is a secret between the site and the recipient. */
  readonly link: string;
}

/**
 * Put your mailer here: a function that sends one mail, and rejects where it cannot. With it, the page
 * `/mails` is gone.
 */
const mailer = undefined as ((mail: Mail) => Promise<void>) | undefined;

/**
 * Without a mailer mails are kept, and everybody who opens the site sees them on `/mails`. So they are on
 * this machine only: a site with a public address keeps none, and says in its log that one was due.
 */
const keepsMails = !mailer && !building && isOnThisMachine(new URL(origin).hostname);

/**
 * Whether the sender of a request sees the kept mails. Nobody does who comes through a proxy or a tunnel,
 * which has another name in `Host` or says for whom it asks: the site may not know that it is public.
 */
export function showsMailsTo({ headers }: Request): boolean {
  if (!keepsMails || [...headers.keys()].some((name) => /^(x-)?forwarded/.test(name))) return false;
  const asked = `http://${headers.get("Host")}`;
  return URL.canParse(asked) && isOnThisMachine(new URL(asked).hostname);
}

/** Sends a mail, whichever way this site has. */
export async function sendMail(mail: Mail): Promise<void> {
  if (mailer) return await mailer(mail);
  if (!keepsMails) {
    console.error(`No mailer is set, so “${mail.subject}” was not sent. See mailer.ts.`);
    return;
  }
  await db
    .insertInto("mail")
    .values({
      recipient: mail.to,
      subject: mail.subject,
      body: mail.text,
      link: mail.link,
      sent_at: Date.now(),
    })
    .execute();
}

/** The mails that were kept, the newest first. */
export function keptMails() {
  return db.selectFrom("mail").selectAll().orderBy("id", "desc").limit(50).execute();
}

function isOnThisMachine(hostname: string): boolean {
  return hostname === "localhost" || hostname === "127.0.0.1" || hostname === "[::1]";
}
