/** The sealed ballot here and in Python, written from the same page: values, edges, and evidence of a whole round. */
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { bytesToHex } from "@noble/hashes/utils.js";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { ballotLayout, encodeBallot } from "@/voting/sealed/ballot-layout";
import { modulusOf } from "@/voting/sealed/blind-sign";
import { encodeCast, readCast, signCast } from "@/voting/sealed/cast";
import { envelopeDigest, sealEnvelope, type TrusteeSecret } from "@/voting/sealed/envelope";
import { finalList, finalRoot, type RecordedBallot } from "@/voting/sealed/final-list";
import { hpkeSeal } from "@/voting/sealed/hpke";
import { digest, labelled } from "@/voting/sealed/labels";
import { nodePrimitives as machine } from "@/voting/sealed/node";
import { openBallot } from "@/voting/sealed/opening";
import { placeBytes } from "@/voting/sealed/round";
import { keptIssuers } from "@/voting/sealed/testing/protocol-values";
import {
  AREA,
  bytes,
  type TrialRound,
  type TrialVoter,
  trialRound,
  trialVoter,
} from "@/voting/sealed/testing/trial-round";
import edges from "@/voting/sealed/vectors/curve-edges.json" with { type: "json" };
import values from "@/voting/sealed/vectors/protocol.json" with { type: "json" };
import { ballotKey } from "@/voting/sealed/voter-keys";
import { cryptographyPython } from "../python-environment";

const run = promisify(execFile);
const path = (name: string) => fileURLToPath(new URL(`../../../${name}`, import.meta.url));
const issuers = keptIssuers();

test("every value of the written protocol", async () => {
  const computed = await python("values", path("voting/sealed/vectors/protocol.json"));
  expect(Object.keys(computed as object).length).toBeGreaterThan(30);
  expect(values).toMatchObject(computed as object);
});

test("keys and signatures on which libraries disagree", async () => {
  expect(await python("edges", path("voting/sealed/vectors/curve-edges.json"))).toEqual({
    ed25519: edges.ed25519.map(({ accepted }) => accepted),
    x25519: edges.x25519.map(({ accepted }) => accepted),
  });
});

test.each(["points", "ranking", "approval"] as const)(
  "a round of %s ballots, honest, altered and forged, whichever two trustees open it",
  async (type) => {
    const round = await trialRound(ballotLayout({ type, maxChoices: 3 }, 9));
    const voters = await Promise.all(["Ada", "Bruno"].map((name) => trialVoter(round, issuers, name)));
    const casts = await evidence(round, voters, type);
    const ours = await Promise.all(casts.map((cast) => outcomes(round, cast)));
    const theirs = await inPython(round, casts);
    expect(theirs).toEqual({ ends: ours, finalRoot: await finalRootOf(round, casts) });
    // Every kind of end is among them.
    const ends = new Set(ours.flat().map((end) => end.refused ?? end.void ?? "counted"));
    const every = ["counted", "not made again", "malformed", "weak key", "bad credential", "bad signature"];
    expect([...ends].sort()).toEqual(every.sort());
  },
);

interface End {
  readonly refused?: string;
  readonly void?: string;
  readonly key?: string;
  readonly attempt?: number;
  readonly choices?: readonly string[];
  readonly points?: readonly string[];
}

/** What becomes of a cast here, for every two of the three trustees. */
async function outcomes(round: TrialRound, bytesOfCast: Uint8Array): Promise<End[]> {
  const [a, b, c] = round.trusteeSecrets as [TrusteeSecret, TrusteeSecret, TrusteeSecret];
  const pairs: [TrusteeSecret, TrusteeSecret][] = [
    [a, b],
    [a, c],
    [b, c],
  ];
  const read = await readCast(machine, round, issuersOf, bytesOfCast);
  if ("fault" in read) return pairs.map(() => ({ refused: read.fault.replace("_", " ") }));
  return Promise.all(
    pairs.map(async (pair): Promise<End> => {
      const opened = await openBallot(machine, round, read.cast, pair, read.cast.envelope);
      if ("void" in opened) return { void: opened.void.replaceAll("_", " ") };
      const { attempt, content } = opened.ballot;
      const points = content.type === "points" ? { points: content.points } : {};
      return { key: bytesToHex(opened.key), attempt, choices: content.choices, ...points };
    }),
  );
}

/** Over the casts that have no fault, in the order in which they came. */
async function finalRootOf(round: TrialRound, casts: readonly Uint8Array[]): Promise<string> {
  const recorded: RecordedBallot[] = [];
  for (const bytesOfCast of casts) {
    const read = await readCast(machine, round, issuersOf, bytesOfCast);
    if ("cast" in read) recorded.push({ ...read.cast, digest: envelopeDigest(read.cast.envelope) });
  }
  return bytesToHex(finalRoot(round, finalList(recorded)));
}

function issuersOf(area: number) {
  return area === AREA ? issuers.area : undefined;
}

async function evidence(
  round: TrialRound,
  voters: readonly TrialVoter[],
  type: "points" | "ranking" | "approval",
) {
  const plain = fc
    .record({
      attempt: fc.integer({ min: 1, max: 255 }),
      choices: fc.shuffledSubarray(["1", "2", "3", "4", "5", "6", "7", "8", "9"], { maxLength: 3 }),
      units: fc.array(fc.integer({ min: -5_000_000, max: 5_000_000 }), { minLength: 3, maxLength: 3 }),
    })
    .map(({ attempt, choices, units }) => {
      const points = choices.map((_, i) => String((units[i] as number) / 1000));
      const content = type === "points" ? { type, choices, points } : { type, choices };
      return encodeBallot(round.layout, { attempt, content });
    });
  const samples = fc.sample(plain, { numRuns: 14, seed: 7 });
  const sealed = await Promise.all(
    samples.map((plaintext, i) =>
      sealedCast(round, voters[i % 2] as TrialVoter, 1 + Math.floor(i / 2), plaintext),
    ),
  );
  const [first] = sealed as [Uint8Array];
  const [ada] = voters as [TrialVoter];
  // Bytes in every part of a cast: version, place, signature, credentials, and an envelope that is signed all the same.
  const altered = [0, 1, 33, 35, 67, 70, 131, 140, 600, 1000, 1300].map((at) =>
    first.with(at, (first[at] as number) ^ 1),
  );
  const weak = first.slice();
  weak.fill(0, 35, 67);
  const noBallot = (samples[0] as Uint8Array).with(0, 0);
  return [
    ...sealed,
    ...altered,
    weak,
    first.slice(1),
    await sealedCast(round, ada, 8, noBallot),
    await sealedCast(round, ada, 9, samples[1] as Uint8Array, (envelope) => envelope.fill(9, 100, 120)),
    await sealedCast(
      round,
      ada,
      10,
      samples[2] as Uint8Array,
      forgedShare(round, ada, 10, samples[2] as Uint8Array),
    ),
  ];
}

/** Seals, perhaps spoils the envelope, and signs what comes out. */
async function sealedCast(
  round: TrialRound,
  voter: TrialVoter,
  seq: number,
  plaintext: Uint8Array,
  spoil: (envelope: Uint8Array) => Uint8Array | Promise<Uint8Array> = (envelope) => envelope,
): Promise<Uint8Array> {
  const place = { area: AREA, voter: voter.key, seq };
  const key = ballotKey(voter.root, round, place, plaintext);
  const envelope = await spoil(await sealEnvelope(machine, round, place, key, plaintext));
  const cast = await signCast(machine, round, place, voter.secret, voter.credentials, envelope);
  return encodeCast(round, cast);
}

/** The third trustee gets a share of another key, sealed as it should be: the first two alone would see nothing. */
function forgedShare(round: TrialRound, voter: TrialVoter, seq: number, plaintext: Uint8Array) {
  const place = { area: AREA, voter: voter.key, seq };
  const commitment = digest("key commitment", ballotKey(voter.root, round, place, plaintext));
  const info = labelled("share", placeBytes(round, place), Uint8Array.of(3), commitment);
  return async (envelope: Uint8Array) => {
    const forged = envelope.slice();
    const sealing = { recipient: round.trustees[2], ephemeral: bytes("forger"), info };
    forged.set(await hpkeSeal(machine, sealing, bytes("another share")), 33 + 2 * 80);
    return forged;
  };
}

async function inPython(round: TrialRound, casts: readonly Uint8Array[]): Promise<unknown> {
  const folder = await mkdtemp(join(tmpdir(), "cocity-sealed-"));
  try {
    const file = join(folder, "evidence.json");
    const moduli = issuers.secrets.slice(0, 3).map((key) => bytesToHex(modulusOf(key)));
    const given = {
      freeze: bytesToHex(round.digest),
      layout: round.layout,
      trustees: round.trustees.map(bytesToHex),
      issuers: { [AREA]: moduli },
      released: Object.fromEntries(
        round.trusteeSecrets.map(({ trustee, secret }) => [trustee, bytesToHex(secret)]),
      ),
      casts: casts.map(bytesToHex),
    };
    await writeFile(file, JSON.stringify(given));
    return await python("open", file);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function python(command: string, file: string): Promise<unknown> {
  const { stdout } = await run(
    await cryptographyPython(),
    [path("verifier/python/sealed_ballots.py"), command, file],
    { maxBuffer: 1e8 },
  );
  return JSON.parse(stdout);
}
