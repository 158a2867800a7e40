/** The parts of the sealed ballot that a voter's page takes from its browser give the bytes that the server's give. */
import { hexToBytes } from "@noble/hashes/utils.js";
import { build } from "esbuild";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { ballotLayout, encodeBallot } from "@/voting/sealed/ballot-layout";
import { signedBy } from "@/voting/sealed/curve-keys";
import { sealEnvelope } from "@/voting/sealed/envelope";
import { nodePrimitives } from "@/voting/sealed/node";
import { bytes, trialRound } from "@/voting/sealed/testing/trial-round";
import edges from "@/voting/sealed/vectors/curve-edges.json" with { type: "json" };
import { ballotKey } from "@/voting/sealed/voter-keys";
import { launchBrowser } from "../browser/browser";

const { origin } = inject("site");

/** What the page is given; its bytes travel as arrays of numbers. */
const script = `
import { isAcceptableX25519, signedBy } from "./voting/sealed/curve-keys";
import { sealEnvelope } from "./voting/sealed/envelope";
import { webPrimitives } from "./voting/sealed/web";
const bytes = (numbers) => Uint8Array.from(numbers);
globalThis.sealed = {
  signed: (key, message, signature) => signedBy(webPrimitives, bytes(key), bytes(message), bytes(signature)),
  shared: async (secret, key) =>
    isAcceptableX25519(bytes(key)) ? [...(await webPrimitives.x25519(bytes(secret), bytes(key)))] : null,
  envelope: async ({ digest, trustees, opener, layout }, voter, key, plaintext) => [
    ...(await sealEnvelope(
      webPrimitives,
      { digest: bytes(digest), trustees: trustees.map(bytes), opener: bytes(opener), layout },
      { area: 1, voter: bytes(voter), seq: 1 },
      bytes(key),
      bytes(plaintext),
    )),
  ],
};`;

interface SealedInPage {
  signed(key: number[], message: number[], signature: number[]): Promise<boolean>;
  shared(secret: number[], key: number[]): Promise<number[] | null>;
  envelope(round: object, voter: number[], key: number[], plaintext: number[]): Promise<number[]>;
}

let browser: Browser;
let page: Page;

beforeAll(async () => {
  const { outputFiles } = await build({
    stdin: { contents: script, resolveDir: process.cwd() },
    ...{ bundle: true, format: "iife", platform: "browser", write: false },
  });
  browser = await launchBrowser();
  page = await browser.newPage();
  await page.addInitScript({ content: outputFiles[0]?.text ?? "" });
  await page.goto(origin);
});
afterAll(() => browser.close());

test.each(edges.ed25519)("Ed25519: $note", async ({ publicKey, message, signature, accepted }) => {
  const parts = [publicKey, message, signature].map(hexToBytes) as [Uint8Array, Uint8Array, Uint8Array];
  const inPage = await page.evaluate(
    ([key, text, signed]) =>
      (globalThis as unknown as { sealed: SealedInPage }).sealed.signed(
        key as number[],
        text as number[],
        signed as number[],
      ),
    parts.map((part) => [...part]),
  );
  expect(inPage).toBe(accepted);
  expect(await signedBy(nodePrimitives, ...parts)).toBe(accepted);
});

test.each(edges.x25519)("X25519: $note", async ({ publicKey, accepted }) => {
  const [secret, key] = [bytes("secret"), hexToBytes(publicKey)];
  const inPage = await page.evaluate(
    ([own, theirs]) =>
      (globalThis as unknown as { sealed: SealedInPage }).sealed.shared(own as number[], theirs as number[]),
    [[...secret], [...key]],
  );
  const onServer = accepted ? await nodePrimitives.x25519(secret, key) : null;
  expect(inPage).toEqual(onServer && [...onServer]);
});

test("an envelope sealed in the browser is, byte by byte, the one that whoever opens it makes again", async () => {
  const round = await trialRound(ballotLayout({ type: "ranking", maxChoices: 3 }, 8));
  const place = { area: 1, voter: await nodePrimitives.ed25519PublicKey(bytes("voter")), seq: 1 };
  const content = { type: "ranking", choices: ["7", "2"] } as const;
  const plaintext = encodeBallot(round.layout, { attempt: 1, content });
  const key = ballotKey(bytes("root"), round, place, plaintext);
  const inPage = await page.evaluate(
    ([frozen, ...others]) =>
      (globalThis as unknown as { sealed: SealedInPage }).sealed.envelope(
        frozen as object,
        ...(others as [number[], number[], number[]]),
      ),
    [
      {
        digest: [...round.digest],
        trustees: round.trustees.map((trustee) => [...trustee]),
        opener: [...round.opener],
        layout: round.layout,
      },
      [...place.voter],
      [...key],
      [...plaintext],
    ],
  );
  expect(inPage).toEqual([...(await sealEnvelope(nodePrimitives, round, place, key, plaintext))]);
});
