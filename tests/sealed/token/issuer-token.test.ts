/** An issuer whose keys are in a PKCS#11 token, with SoftHSM's. */
import { createHash, createPublicKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { issuerSchema } from "@/services/issuer/schema";
import { Token, TokenAway } from "@/services/issuer/token";
import { openStore } from "@/services/sealed/store";
import { Device, ROUND, type RunningIssuer, TrialSealedRound } from "@/services/sealed/testing/trial-round";
import { modulusOf } from "@/voting/sealed/blind-sign";
import { PIN, SoftwareTokens } from "./software-token";

let tokens: SoftwareTokens;
let trial: TrialSealedRound;
let clock = Date.parse("2026-06-01T10:00:00Z");
let person = 0;
const now = () => clock;
const LABEL = "issuer two";
const tokenOf = (
  options: { pin?: string; label?: string } = {},
  limits?: ConstructorParameters<typeof Token>[1],
) => new Token({ module: tokens.module, label: LABEL, pin: PIN, ...options }, limits);
const second = () => trial.issuers[1] as RunningIssuer;
const refused = (code: string) => expect.objectContaining({ status: 503, code });

beforeAll(async () => {
  tokens = await SoftwareTokens.create();
  await tokens.add(LABEL);
  process.env.SEALED_ISSUER_SECRET = "5ec2e7a1".repeat(8);
  trial = await TrialSealedRound.announce({ areas: { a: 20, b: 10 }, now, token: tokenOf() });
  await trial.freeze(new Date("2026-07-01T10:00:00Z"));
});
afterAll(async () => {
  await trial.close();
  await tokens.remove();
});
beforeEach(async () => {
  clock += 6_000;
  person += 1;
  await tokens.forgetCalls();
});

test("keys of a round are drawn in the token, one for each area, and cannot leave it", async () => {
  const objects = await tokens.ask(LABEL, "--list-objects");
  for (const area of [1, 2]) expect(objects.split(`label:      co-city ${ROUND} ${area}\n`)).toHaveLength(3);
  expect(objects.match(/never extractable/g)).toHaveLength(2);
  const announced = trial.view().issuerKeys.filter(({ issuer }) => issuer === 2);
  for (const { area, modulus } of announced) {
    const id = second().store.prepare("SELECT id FROM token_key WHERE area = ?").get(area) as {
      id: Uint8Array;
    };
    const file = join(tokens.folder, "public.der");
    const named = ["--id", Buffer.from(id.id).toString("hex"), "--output-file", file];
    await tokens.ask(LABEL, "--read-object", "--type", "pubkey", ...named);
    expect(modulusOf(createPublicKey({ key: readFileSync(file), format: "der", type: "spki" }))).toEqual(
      modulus,
    );
  }
  expect(second().store.prepare("SELECT count(*) AS count FROM key").get()).toEqual({ count: 0 });
});

test("people get what a ballot needs, also several at once, and the same again", async () => {
  const seed = new Uint8Array(createHash("sha256").update("words").digest()).slice(0, 16);
  const device = new Device(trial, person, seed);
  const others = [1, 2, 3, 4].map((more) => new Device(trial, person + more));
  await Promise.all([device, ...others].map((one) => one.enrol()));
  const again = new Device(trial, person, seed);
  await again.enrol();
  expect(again.credentials).toEqual(device.credentials);
  person += 4;
});

test("neither the PIN is among the arguments, nor a secret of the issuer in the environment of the program", async () => {
  await new Device(trial, person).enrol();
  const calls = await tokens.calls();
  expect(calls.filter((call) => call.includes("--sign"))).toHaveLength(1);
  expect(calls.join("\n")).not.toContain(PIN);
  const environments = await tokens.environments();
  expect(environments).toContain(`=${PIN}`);
  expect(environments).not.toContain("5ec2e7");
});

test("while the token is gone people are told to come again, and then get what they asked for", async () => {
  const device = new Device(trial, person);
  await tokens.takeAway();
  await expect(device.enrol()).rejects.toEqual(refused("token_away"));
  await tokens.putBack();
  await device.enrol();
});

test("a wrong PIN is shown once, so that the token does not lock itself", async () => {
  const wrong = tokenOf({ pin: "0000-0000" });
  const asked = [1, 2, 3].map(() => wrong.requireOpen());
  for (const one of await Promise.allSettled(asked))
    expect(one).toMatchObject({ status: "rejected", reason: expect.any(TokenAway) });
  await expect(wrong.raise(new Uint8Array(16), new Uint8Array(384))).rejects.toThrow("the PIN was refused");
  expect(await tokens.calls()).toHaveLength(1);
  const mistaken = trial.startIssuer(2, second().folder, "2".repeat(64), wrong);
  const device = new Device(trial, person);
  const ask = trial.ask(person);
  await expect(
    device.enrol((issuer, form) => (issuer === 2 ? mistaken.issuer.enrol(form, "a") : ask(issuer, form))),
  ).rejects.toEqual(refused("token_away"));
  mistaken.store.close();
  expect(await tokens.calls()).toHaveLength(1);
  await device.enrol();
});

test("a token that is not there, and a module that is none, are said to be away", async () => {
  await expect(tokenOf({ label: "another" }).requireOpen()).rejects.toThrow(/another/);
  const none = new Token({ module: "/nowhere/module.so", label: LABEL, pin: PIN });
  await expect(none.requireOpen()).rejects.toThrow(/nowhere/);
});

test("what does not check under the announced key never leaves", async () => {
  const { id } = second().store.prepare("SELECT id FROM token_key WHERE area = 1").get() as {
    id: Uint8Array;
  };
  const setId = second().store.prepare("UPDATE token_key SET id = ? WHERE area = 1");
  const number = new Uint8Array(384).fill(5);
  // Another key of the token in the place of this one.
  setId.run((await tokenOf().generate("another key")).id);
  await expect(second().keys.signer(ROUND, 1)?.sign(number)).rejects.toThrow("must sign nothing more");
  setId.run(id);
  expect(await second().keys.signer(ROUND, 1)?.sign(number)).toHaveLength(384);
});

describe("a token that hangs", () => {
  test("is given up after a while, and only so many wait for it", async () => {
    const token = tokenOf({}, { signMs: 300, mostWaiting: 3 });
    await tokens.hang(true);
    const asked = await Promise.allSettled([1, 2, 3, 4, 5, 6].map(() => token.requireOpen()));
    await tokens.hang(false);
    const reasons = asked.map((one) => (one.status === "rejected" ? String(one.reason.message) : "answered"));
    expect(reasons.filter((reason) => reason === "no answer within 300 ms")).toHaveLength(4);
    expect(reasons.filter((reason) => reason === "too many wait for the token")).toHaveLength(2);
    await token.requireOpen();
  });
});

test("an issuer that lost its store signs nothing, although the token has its keys", async () => {
  const empty = trial.startIssuer(2, join(trial.folder, "issuer-2-empty"), "2".repeat(64), tokenOf());
  empty.issuer.roll.import(trial.view(), trial.rollText());
  await empty.duties.work();
  const device = new Device(trial, person);
  const { area } = (await empty.issuer.enrol(await device.request(2, "rho"), "a")) as { area: number };
  const form = await device.request(2, "credential", { area, blinded: new Uint8Array(384).fill(5) });
  await expect(empty.issuer.enrol(form, "a")).rejects.toEqual(refused("no_key"));
  empty.store.close();
});

test("a round whose keys were drawn before there was a token goes on with them", async () => {
  const folder = join(trial.folder, "issuer-2-before");
  openStore(folder, issuerSchema.slice(0, 1)).close();
  const before = trial.startIssuer(2, folder, "2".repeat(64), null);
  const modulus = await before.keys.ensure("before", 1);
  before.store.close();
  const after = trial.startIssuer(2, folder, "2".repeat(64), tokenOf());
  expect(await after.keys.ensure("before", 1)).toEqual(modulus);
  expect(after.keys.holds("before", 1, modulus)).toBe(true);
  const number = new Uint8Array(384).fill(5);
  expect(await after.keys.signer("before", 1)?.sign(number)).toHaveLength(384);
  expect(await tokens.calls()).toEqual([]);
  after.store.close();
});
