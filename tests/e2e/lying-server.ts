/** A server that lies: what a browser is given of the signing page is not what was asked for. */
import { createHash } from "node:crypto";
import type { Page } from "playwright-core";
import { db } from "@/lib/db";
import { actBytes, readSignedAct, type SignedAct, signedActText } from "@/protocol/acts/signed-act";
import { isSigningPage } from "./people";

/** The document that the browser is given, in the place of the true one. */
export type Doctored = (html: string, acts: { true: string; false: string }) => string;

/**
 * Once, the signing page comes doctored, and the server's database has the false act in the place of the true one: the
 * site takes a signature over it, and its worker carries it.
 */
export async function lie(
  page: Page,
  command: string,
  change: (act: SignedAct) => SignedAct,
  doctored: Doctored,
): Promise<void> {
  await page.route(
    isSigningPage,
    async (route) => {
      const response = await route.fetch();
      const { act } = await db.outboxItem.findUniqueOrThrow({ where: { id: command } });
      const acts = { true: act ?? "", false: signedActText(change(readSignedAct(act ?? ""))) };
      await db.outboxItem.update({ where: { id: command }, data: { act: acts.false } });
      await route.fulfill({ response, body: doctored(await response.text(), acts) });
    },
    { times: 1 },
  );
  await page.goto(page.url());
}

/** The words that the server wrote are the true act's; what its script is given to sign is the false one. */
export const inTheBytes: Doctored = (html, acts) => {
  const given = embedded(acts.true);
  if (!html.includes(given)) throw new Error("the page does not give its script the act");
  return html.replaceAll(given, embedded(acts.false));
};

/** Words and bytes are the true act's, and a script of the server's has the authenticator sign the false one. */
export const byScript: Doctored = (html, acts) => {
  const [, nonce] = /nonce="([^"]+)"/.exec(html) ?? [];
  const challenge = [...createHash("sha256").update(actBytes(acts.false)).digest()];
  const script = `const get = navigator.credentials.get.bind(navigator.credentials);
navigator.credentials.get = ({ publicKey }) =>
  get({ publicKey: { ...publicKey, challenge: Uint8Array.from(${JSON.stringify(challenge)}) } });`;
  return html.replace("<head>", `<head><script nonce="${nonce}">${script}</script>`);
};

/** A name is another one, in the words and in what the script is given. */
export const withName =
  (from: string, to: string): Doctored =>
  (html) =>
    html.replaceAll(from, to);

/** A text as it stands in the data of a page's script: JSON within a string of JSON. */
function embedded(text: string): string {
  const once = JSON.stringify(text).slice(1, -1);
  return JSON.stringify(once).slice(1, -1);
}
