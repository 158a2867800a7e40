/** Whoever holds a ledger's keys makes another chain of it: two peers that go on from the same blocks with different ones. */
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { signMessage } from "@/ledger/client/gateway/signature";
import { municipalService } from "@/ledger/client/identities/services";
import { advance, messageToSign, type SigningState } from "@/ledger/client/outbox/signing";
import { submitAndWait } from "@/ledger/client/outbox/wait";
import { openLedgerAccess } from "@/ledger/client/process";
import { follow, ProjectionAlarm } from "@/ledger/client/projection/follow";
import { proveTransaction } from "@/ledger/client/proof";
import { startEmbedded } from "../../conformance/embedded";
import { foundTorino } from "./founded";
import { chaincodeDir, startWorldOn, subjectCommand, torino } from "./world";

const folder = await mkdtemp(join(tmpdir(), "cocity-fork-"));
afterAll(() => rm(folder, { recursive: true, force: true }));
const world = await startWorldOn(() => startEmbedded({ chaincodeDir, data: join(folder, "first") }));
const { db, pool } = world;

test("a chain that another organisation's peer does not have is neither followed further nor proved", async () => {
  let worker = await world.startWorker();
  await foundTorino(world);
  const before = await submitAndWait(db, subjectCommand("before"));
  await worker.stop();
  await world.ledger.stop();

  // The copy holds the same keys, and what it orders is as well signed as the original's.
  await cp(join(folder, "first"), join(folder, "second"), { recursive: true });
  const [first, second] = await Promise.all(
    ["first", "second"].map((name) => startEmbedded({ chaincodeDir, data: join(folder, name) })),
  );
  if (!first || !second) throw new Error("no ledger");
  afterAll(() => Promise.all([first.stop(), second.stop()]));
  const connection = join(folder, "first", "both.json");
  const described = JSON.parse(await readFile(first.connectionFile, "utf8"));
  described.organisations[1].peers = second.connection.organisations[1]?.peers;
  await writeFile(connection, JSON.stringify(described));
  const { gateway } = await openLedgerAccess(connection, db);
  afterAll(() => gateway.close());

  // While the chains are the same, both confirm it.
  const proved = await proveTransaction(
    { gateway, db },
    { municipality: torino, transactionId: before.transactionId },
  );
  expect(proved).toMatchObject({ sound: true, faulty: false });
  expect(proved?.confirmations.map(({ says }) => says)).toEqual(["same", "same", "same"]);

  // The first chain goes on, and the tables with it; only then the second, with another block in its place.
  process.env.LEDGER_CONNECTION = first.connectionFile;
  worker = await world.startWorker();
  const kept = await submitAndWait(db, subjectCommand("kept"));
  await worker.stop();
  const alone = await proveTransaction(
    { gateway, db },
    { municipality: torino, transactionId: kept.transactionId },
  );
  expect(alone?.confirmations.map(({ says }) => says)).toEqual(["same", "behind", "same"]);

  const stopping = new AbortController();
  const following = follow({ gateway, pool, signal: stopping.signal });
  const stopped = following.then(
    () => undefined,
    (error: unknown) => error,
  );
  const elsewhere = await openLedgerAccess(second.connectionFile, db);
  await elsewhere.gateway.chainInfo();
  await register(elsewhere, "other");
  elsewhere.gateway.close();
  const alarm = await stopped;
  stopping.abort();
  expect(alarm).toBeInstanceOf(ProjectionAlarm);
  expect(String(alarm)).toContain(`block ${kept.block}: CaseMSP's peer`);

  const proof = await proveTransaction(
    { gateway, db },
    { municipality: torino, transactionId: kept.transactionId },
  );
  expect(proof).toMatchObject({ sound: false, faulty: true });
  expect(proof?.confirmations.map(({ says }) => says)).toEqual(["same", "different", "same"]);
});

/** A resident's subject, recorded on one of the two ledgers past outbox and tables. */
async function register(
  { gateway, identities }: Awaited<ReturnType<typeof openLedgerAccess>>,
  id: string,
): Promise<void> {
  const { input, signer, transaction } = subjectCommand(id);
  const { signatory } = await identities.signatory(municipalService(torino));
  const { person } = signer;
  const argument = { by: "resident", person, input: { ...input, command: crypto.randomUUID() } };
  let state: SigningState = {
    status: "prepared",
    ...gateway.newProposal(signatory, transaction, argument),
  };
  while (state.status !== "committed") {
    const message = messageToSign(state);
    state = await advance(gateway, state, { signature: message && signMessage(signatory.key, message) });
  }
}
