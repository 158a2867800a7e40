/*
 * npm run --silent verify -- --round ID (--ledger DIR | --peer HOST:PORT … | --bundle FILE) [--json]
 *
 * Checks everything of a round that is public, trusting no server. Ends with 0 when all holds, 1 when something does not,
 * 2 when there is nothing to look at. Progress goes to standard error.
 *
 *   --ledger DIR          the folder of an embedded ledger
 *   --peer HOST:PORT      a peer, several times for several that are compared; with --msp, --certificate, --key (a
 *                         member's), --channel, and --tls-root and --tls-name where it speaks TLS
 *   --bundle FILE         a round's evidence in one file
 *   --bundle-out FILE     writes such a file of the ledger's or peers' blocks, and checks that
 *   --municipality CODE   where two municipalities have a round of this id
 *   --claim FILE          a promise to be judged: the receipt that the voter downloaded, several times for several
 *   --roots FILE          PEM of the organisations' root certificates: any other one fails; MSP names before each as "# NAME"
 *   --json                the answer as JSON
 */

import { createReadStream, createWriteStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { bundleFrames } from "../ledger/evidence/bundle";
import { type Evidence, evidenceOfBlocks, evidenceOfBundle, NoEvidenceError } from "./chain/frames";
import { nodeMachine } from "./machine/node";
import { reportText } from "./report";
import { Claim } from "./sealed/claims";
import { blocksOfFolder } from "./sources/ledger-folder";
import { blocksOfPeers } from "./sources/peers";
import { type Progress, verifyRound } from "./verify-round";

class UsageError extends Error {
  override readonly name = "UsageError";
}

const usage =
  "usage: npm run --silent verify -- --round ID (--ledger DIR | --peer HOST:PORT … | --bundle FILE) [--json]";

process.exitCode = await run().catch((error: unknown) => {
  const known = error instanceof NoEvidenceError || error instanceof UsageError;
  console.error(known ? `${error.message}` : error);
  if (error instanceof UsageError) console.error(usage);
  return 2;
});

async function run(): Promise<number> {
  const options = readOptions();
  const progress = (at: Progress) =>
    console.error(
      at.step === "blocks" ? `${at.done} blocks read` : `${at.done} of ${at.all} envelopes opened`,
    );
  const evidence = await evidenceFor(options);
  const [claims, expectedRoots] = await Promise.all([
    Promise.all((options.claim ?? []).map(readClaim)),
    options.roots === undefined ? undefined : readRoots(options.roots),
  ]);
  const { round, municipality } = options;
  const verification = await verifyRound(evidence, {
    ...{ round, claims, progress },
    ...(municipality === undefined ? {} : { municipality }),
    ...(expectedRoots ? { expectedRoots } : {}),
  });
  console.log(options.json ? JSON.stringify(verification, null, 2) : reportText(verification));
  return verification.holds ? 0 : 1;
}

type Options = ReturnType<typeof readOptions>;

async function evidenceFor(options: Options): Promise<Evidence> {
  const { bundle, round, municipality } = options;
  if (bundle !== undefined) return fileEvidence(bundle);
  const blocks = blocksFor(options);
  const out = options["bundle-out"];
  if (out === undefined) return evidenceOfBlocks(blocks);
  if (municipality === undefined) throw new UsageError("--bundle-out needs --municipality");
  await pipeline(bundleFrames(blocks, { municipality, round }), createWriteStream(out, { mode: 0o644 }));
  console.error(`${out} written`);
  return fileEvidence(out);
}

async function fileEvidence(file: string): Promise<Evidence> {
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) throw new NoEvidenceError(`${file}: there is no such file`);
  return evidenceOfBundle(createReadStream(file, { highWaterMark: 1 << 20 }));
}

function blocksFor({ ledger, peer = [], ...given }: Options): AsyncIterable<Uint8Array> {
  if (ledger !== undefined) return blocksOfFolder(ledger);
  const need = (name: "msp" | "certificate" | "key") => {
    const value = given[name];
    if (value === undefined) throw new UsageError(`--peer needs --${name}`);
    return value;
  };
  const tlsRootFile = given["tls-root"];
  const tlsName = given["tls-name"];
  return blocksOfPeers(peer, {
    ...{
      channel: given.channel,
      mspId: need("msp"),
      certificateFile: need("certificate"),
      keyFile: need("key"),
    },
    ...(tlsRootFile === undefined ? {} : { tlsRootFile }),
    ...(tlsName === undefined ? {} : { tlsName }),
  });
}

async function readClaim(file: string): Promise<Claim> {
  const parsed = Claim.safeParse(await readJson(file));
  if (!parsed.success) throw new NoEvidenceError(`${file}: no claim is in it`);
  return parsed.data;
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    throw new NoEvidenceError(
      `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** Fingerprints by MSP. */
async function readRoots(file: string): Promise<Map<string, string[]>> {
  const text = await readFile(file, "utf8").catch(() => "");
  const found = new Map<string, string[]>();
  const blocks = text.matchAll(/#\s*(\S+)\s+(-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----)/g);
  for (const [, mspId = "", pem = ""] of blocks)
    found.set(mspId, [...(found.get(mspId) ?? []), nodeMachine.readCertificate(pem).fingerprint].sort());
  if (found.size === 0) throw new NoEvidenceError(`${file}: no certificate with its organisation is in it`);
  return found;
}

function readOptions() {
  try {
    const text = { type: "string" } as const;
    const texts = { type: "string", multiple: true } as const;
    const { values } = parseArgs({
      options: {
        ...{
          round: text,
          ledger: text,
          peer: texts,
          bundle: text,
          json: { type: "boolean", default: false },
        },
        ...{ municipality: text, claim: texts, roots: text, "bundle-out": text },
        ...{ msp: text, certificate: text, key: text, "tls-root": text, "tls-name": text },
        channel: { type: "string", default: "cocity" },
      },
    });
    const sources = [values.ledger, values.peer, values.bundle].filter((one) => one !== undefined).length;
    if (values.round === undefined || sources !== 1)
      throw new UsageError("--round and one source are needed");
    return { ...values, round: values.round };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
