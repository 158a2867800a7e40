import { appendFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { EndorseError } from "@hyperledger/fabric-gateway";
import { common, gateway as messages, peer as peers } from "@hyperledger/fabric-protos";
import { ClassicLevel } from "classic-level";
import { afterAll, beforeAll, expect, test } from "vitest";
import { people, torino } from "@/chaincode/testing/people";
import { programHolder } from "@/ledger/client/identities/services";
import { organisationNamed } from "@/ledger/network/description";
import { committedDefinition } from "@/ledger/network/lifecycle/definition";
import { serviceProcesses } from "@/ledger/network/lifecycle/deploy";
import { packageFolder } from "@/ledger/network/lifecycle/package";
import { awaitEndorsement } from "@/ledger/network/lifecycle/readiness";
import { processNames, startPeer } from "@/ledger/network/nodes";
import { resume, stop } from "@/ledger/network/processes";
import { Election, ROUND } from "./election";
import { openSession, organisationOf, type Person } from "./people";

const { ENDORSEMENT_POLICY_FAILURE, VALID } = peers.TxValidationCode;
const election = await Election.open(12);
const { site, connection } = election.throwaway;
const hostile = organisationNamed(site.network, "garanti");
const own = site.folders.organisation(hostile);
const [voter] = election.voters;
if (!voter) throw new Error("nobody votes");

type Session = ReturnType<typeof openSession>;
/** The casting service, through an honest peer and through the hostile one. */
let honest: Session;
let theirs: Session;

beforeAll(async () => {
  const { signatory } = await election.world.access.identities.signatory(programHolder(people.casting));
  const person: Person = {
    enrolmentId: people.casting.person,
    organisation: organisationOf(connection, "garanti"),
    certificatePem: signatory.certificatePem,
    privateKeyPem: signatory.key.export({ type: "pkcs8", format: "pem" }).toString(),
  };
  honest = openSession(connection, person, organisationOf(connection, "comune"));
  theirs = openSession(connection, person);
});
afterAll(() => {
  honest?.close();
  theirs?.close();
});

const castFor = (seq: number) =>
  JSON.stringify({
    by: "service",
    input: {
      command: crypto.randomUUID(),
      municipality: torino,
      round: ROUND,
      ballots: [voter.ballot(ROUND, seq, [1])],
    },
  });

/** What the tables of the application, which follow an honest peer, and every peer's own state say of the voter. */
async function recordedChoices(): Promise<number[][]> {
  const { rows } = await election.world.pool.query<{ choices: number[] }>(
    `SELECT choices FROM chain.ballot WHERE key = $1 ORDER BY seq`,
    [voter?.publicKey],
  );
  return rows.map(({ choices }) => choices);
}

test("an honest vote, to begin with", async () => {
  await honest.contract.submitTransaction("rounds:cast", castFor(1));
  await expect.poll(recordedChoices).toEqual([[1]]);
});

test("altered chaincode of one organisation gets no altered vote accepted, and its attempt stays in the chain", async () => {
  const definition = await committedDefinition(site);
  const label = `${site.network.chaincode}_${definition?.version}`;
  const [service = ""] = await serviceProcesses(site, hostile);
  const code = join(packageFolder(own, label).code, "dist", "index.js");
  const original = await readFile(code, "utf8");
  await appendFile(code, MAKES_ONES_TWOS);
  await stop(site.folders.run, service);
  await resume(site.folders.run, service);
  await awaitEndorsement(site, hostile);

  // Alone: ordered, found invalid by everybody, and there for all to see.
  const alone = await theirs.contract
    .newProposal("rounds:cast", { arguments: [castFor(2)], endorsingOrganizations: ["GarantiMSP"] })
    .endorse();
  expect(Buffer.from(alone.getBytes()).includes('"choices":[2]')).toBe(true);
  const commit = await alone.submit();
  expect(await commit.getStatus()).toMatchObject({ successful: false, code: ENDORSEMENT_POLICY_FAILURE });

  // With an honest one: they do not agree, and there is nothing to submit.
  const together = honest.contract
    .newProposal("rounds:cast", {
      arguments: [castFor(3)],
      endorsingOrganizations: ["GarantiMSP", "ComuneMSP"],
    })
    .endorse();
  await expect(together).rejects.toBeInstanceOf(EndorseError);

  // Put together by hand: the altered result with another's signature over the true one.
  const argument = castFor(4);
  const proposed = { arguments: [argument], endorsingOrganizations: ["GarantiMSP"] };
  const altered = await theirs.contract.newProposal("rounds:cast", proposed).endorse();
  const forged = withEndorsementTwice(altered.getBytes());
  const signed = theirs.gateway.newTransaction(forged);
  const forgedCommit = await signed.submit();
  expect(await forgedCommit.getStatus()).toMatchObject({
    successful: false,
    code: ENDORSEMENT_POLICY_FAILURE,
  });

  expect(await recordedChoices()).toEqual([[1]]);
  // The two honest organisations go on without it.
  await honest.contract.submit("rounds:cast", {
    arguments: [castFor(5)],
    endorsingOrganizations: ["ComuneMSP", "CaseMSP"],
  });
  await expect.poll(recordedChoices).toEqual([[1], [1]]);
  const { rows } = await election.world.pool.query<{ code: number }>(
    `SELECT code FROM chain.transaction WHERE id = ANY($1) ORDER BY block`,
    [[alone.getTransactionId(), altered.getTransactionId()]],
  );
  expect(rows.map((row) => row.code)).toEqual([ENDORSEMENT_POLICY_FAILURE, ENDORSEMENT_POLICY_FAILURE]);

  await writeFile(code, original);
  await stop(site.folders.run, service);
  await resume(site.folders.run, service);
  await awaitEndorsement(site, hostile);
});

test("altered state of one organisation's peer gets nothing accepted either, and shows when compared", async () => {
  const name = processNames.peer(hostile);
  await stop(site.folders.run, name);
  const changed = await alterState(
    join(own.peer, "data", "ledgersData", "stateLeveldb"),
    '"state":"open"',
    '"state":"shut"',
  );
  expect(changed).toBeGreaterThan(0);
  await startPeer(site, hostile);
  await awaitEndorsement(site, hostile);

  const ask = (session: Session, organisation: string) =>
    session.contract
      .evaluate("records:get", {
        arguments: [JSON.stringify({ municipality: torino, type: "round", idParts: [ROUND] })],
        endorsingOrganizations: [organisation],
      })
      .then((bytes) => Buffer.from(bytes).toString("utf8"));
  expect(await ask(theirs, "GarantiMSP")).not.toBe(await ask(honest, "ComuneMSP"));

  // It would refuse every vote; the others do not need it, and the vote stands in its own blocks as well.
  await expect(
    theirs.contract
      .newProposal("rounds:cast", { arguments: [castFor(6)], endorsingOrganizations: ["GarantiMSP"] })
      .endorse(),
  ).rejects.toBeInstanceOf(EndorseError);
  const accepted = await honest.contract.submitAsync("rounds:cast", {
    arguments: [castFor(6)],
    endorsingOrganizations: ["ComuneMSP", "CaseMSP"],
  });
  expect(await accepted.getStatus()).toMatchObject({ code: VALID });
  await election.checkSameChains();
});

const MAKES_ONES_TWOS = `
;{
  const { ChaincodeStub } = require("fabric-shim");
  const putState = ChaincodeStub.prototype.putState;
  ChaincodeStub.prototype.putState = function (key, value) {
    return putState.call(this, key, Buffer.from(value.toString().replace('"choices":[1]', '"choices":[2]')));
  };
}
`;

/** The same transaction with its only endorsement there twice, as if two had given it. */
function withEndorsementTwice(bytes: Uint8Array): Uint8Array {
  const prepared = messages.PreparedTransaction.deserializeBinary(bytes);
  const envelope = prepared.getEnvelope() ?? new common.Envelope();
  const payload = common.Payload.deserializeBinary(envelope.getPayload_asU8());
  const transaction = peers.Transaction.deserializeBinary(payload.getData_asU8());
  const [action] = transaction.getActionsList();
  const chaincodeAction = peers.ChaincodeActionPayload.deserializeBinary(
    action?.getPayload_asU8() ?? new Uint8Array(),
  );
  const [endorsement] = chaincodeAction.getAction()?.getEndorsementsList() ?? [];
  chaincodeAction.getAction()?.addEndorsements(endorsement);
  action?.setPayload(chaincodeAction.serializeBinary());
  payload.setData(transaction.serializeBinary());
  envelope.setPayload(payload.serializeBinary());
  prepared.setEnvelope(envelope);
  return prepared.serializeBinary();
}

/** Rewrites values in a peer's state database behind its back. @returns how many */
async function alterState(folder: string, before: string, after: string): Promise<number> {
  const level = new ClassicLevel<Buffer, Buffer>(folder, { keyEncoding: "buffer", valueEncoding: "buffer" });
  let changed = 0;
  for await (const [key, value] of level.iterator()) {
    const text = value.toString("latin1");
    if (!text.includes(before)) continue;
    await level.put(key, Buffer.from(text.replace(before, after), "latin1"));
    changed += 1;
  }
  await level.close();
  return changed;
}
