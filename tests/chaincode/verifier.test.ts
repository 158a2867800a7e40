/** The verifier on a ledger that runs, with a sealed round that the contracts themselves took from announcement to result. */
import "reflect-metadata";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { withPartyKeys } from "@/chaincode/testing/party-keys";
import { people, torino } from "@/chaincode/testing/people";
import { id, sealedOutcome, withSealedReleased } from "@/chaincode/testing/sealed-story";
import { CaClient } from "@/ledger/client/ca-client";
import { newKeyAndRequest } from "@/ledger/client/key-pair";
import { bundleFrames } from "@/ledger/evidence/bundle";
import { organisationOf, registrarOf } from "@/tests/fabric/people";
import { type Evidence, evidenceOfBlocks, evidenceOfBundle } from "@/verifier/chain/frames";
import { blocksOfFolder } from "@/verifier/sources/ledger-folder";
import { blocksOfPeers, type PeerAccess } from "@/verifier/sources/peers";
import { type Verification, verifyRound } from "@/verifier/verify-round";
import { type EmbeddedLedger, startEmbedded } from "../conformance/embedded";
import { buildChaincode } from "./built-chaincode";
import { foundingOnLedger, recoveryKeysOnLedger } from "./founding";
import { LedgerCity } from "./ledger-city";

vi.setConfig({ testTimeout: 180_000, hookTimeout: 300_000 });

const root = fileURLToPath(new URL("../..", import.meta.url));
let ledger: EmbeddedLedger;
let folder = "";

beforeAll(async () => {
  buildChaincode();
  folder = await mkdtemp(join(tmpdir(), "cocity-verifier-ledger-"));
  const env = { COCITY_RECOVERY_KEYS: recoveryKeysOnLedger.join(",") };
  ledger = await startEmbedded({ chaincodeDir: `${root}/chaincode`, env });
  const city = LedgerCity.on(ledger.connection);
  await city.submit(people.service, "municipality:found", foundingOnLedger());
  await withPartyKeys(city);
  await withSealedReleased(city);
  const outcome = sealedOutcome();
  await city.submit(people.officer, "rounds:count", { id, outcome });
  for (const attester of [people.officer, people.guarantor])
    await city.submit(attester, "rounds:attest", { id, digest: outcome.digest });
  await city.close();
});
afterAll(async () => {
  await ledger?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function verify(evidence: Evidence): Promise<Verification> {
  const verification = await verifyRound(evidence, { round: id });
  expect(
    verification.items.flatMap(({ item, faults }) => faults.map((fault) => `${item}: ${fault}`)),
  ).toEqual([]);
  expect(verification).toMatchObject({
    holds: true,
    ballotKind: "sealed",
    state: "attested",
    municipality: torino,
  });
  const notYet = verification.items.filter(({ status }) => status === "not_yet").map(({ item }) => item);
  expect(notYet).toEqual(["admissions", "desks", "sheets", "claims"]);
  return verification;
}

/** Somebody's certificate, in files as whoever verifies has them. */
async function member(): Promise<PeerAccess> {
  const organisation = organisationOf(ledger.connection, "garanti");
  const { registrar } = await registrarOf(organisation);
  const ca = new CaClient(organisation.ca);
  const enrolmentId = randomBytes(12).toString("hex");
  const secret = await ca.register(registrar, { enrolmentId, type: "client", attributes: {} });
  const { privateKeyPem, csrPem } = await newKeyAndRequest(enrolmentId);
  const { certificatePem } = await ca.enrol({ enrolmentId, secret, csrPem });
  const [peer] = organisation.peers;
  const files = { certificateFile: join(folder, "certificate.pem"), keyFile: join(folder, "key.pem") };
  await writeFile(files.certificateFile, certificatePem);
  await writeFile(files.keyFile, privateKeyPem, { mode: 0o600 });
  const access = { channel: ledger.connection.channel, mspId: organisation.mspId, ...files };
  if (!peer?.tlsCaPem) return access;
  await writeFile(join(folder, "tls.pem"), peer.tlsCaPem);
  return { ...access, tlsRootFile: join(folder, "tls.pem"), tlsName: peer.hostname };
}

test("from the ledger's folder while it runs, from its peers, and from a bundle of either", async () => {
  const fromFolder = await verify(evidenceOfBlocks(blocksOfFolder(ledger.data)));
  const endpoints = ledger.connection.organisations.flatMap(({ peers }) =>
    peers.map(({ endpoint }) => endpoint),
  );
  const access = await member();
  const fromPeers = await verify(evidenceOfBlocks(blocksOfPeers(endpoints, access)));
  expect(fromPeers).toEqual(fromFolder);
  const bundle = bundleFrames(blocksOfFolder(ledger.data), { municipality: torino, round: id });
  const fromBundle = await verify(evidenceOfBundle(bundle));
  expect(fromBundle.frozenDigest).toBe(fromFolder.frozenDigest);
});
