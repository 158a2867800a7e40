import { randomUUID } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import { signMessage } from "@/ledger/client/gateway/signature";
import { municipalService } from "@/ledger/client/identities/services";
import { enqueue } from "@/ledger/client/outbox/enqueue";
import { advance, messageToSign, type SigningState, type Submitting } from "@/ledger/client/outbox/signing";
import { FencedError, OutboxStore } from "@/ledger/client/outbox/store";
import { submitAndWait, waitFor } from "@/ledger/client/outbox/wait";
import { validationCodes } from "@/ledger/evidence/codes";
import { organisationOf, registrarOf } from "../../fabric/people";
import { foundTorino } from "./founded";
import { startWorld, subjectCommand, torino, type Worker } from "./world";

const world = await startWorld();
const { db, access, pool, ledger } = world;
const { gateway, identities } = access;
let worker: Worker | undefined = await world.startWorker();
await foundTorino(world);
await worker.stop();

afterEach(async () => {
  await worker?.stop();
  worker = undefined;
});

describe("a process that is lost", () => {
  it("after it stored signed bytes and before it submitted them", async () => {
    const { id, state } = await storeSigned("subject-stored");
    expect(await gateway.locate(state.transactionId)).toBeUndefined();
    worker = await world.startWorker();
    expect(await waitFor(db, id)).toMatchObject({ transactionId: state.transactionId });
    expect(await recordedAs(id)).toEqual([{ id: state.transactionId, code: 0 }]);
  });

  it("after it submitted them and before it heard the outcome", async () => {
    const { id, state } = await storeSigned("subject-submitted");
    await gateway.submit(state);
    await gateway.commitStatus(state.transactionId, 20_000);
    worker = await world.startWorker();
    expect(await waitFor(db, id)).toMatchObject({ transactionId: state.transactionId });
    expect(await recordedAs(id)).toEqual([{ id: state.transactionId, code: 0 }]);
  });

  it("after which the same bytes were submitted again: the repetition counts for nothing", async () => {
    const { id, state } = await storeSigned("subject-repeated");
    await gateway.submit(state);
    await gateway.commitStatus(state.transactionId, 20_000);
    await gateway.submit(state);
    await expect
      .poll(async () => (await gateway.chainInfo()).height, { timeout: 20_000 })
      .toBeGreaterThan(((await gateway.locate(state.transactionId))?.block ?? 0) + 1);
    worker = await world.startWorker();
    await waitFor(db, id);
    await submitAndWait(db, subjectCommand("subject-after-repeated"));
    expect((await recordedAs(id)).filter(({ code }) => code === 0)).toEqual([
      { id: state.transactionId, code: 0 },
    ]);
    const { rows } = await pool.query(
      `SELECT code FROM chain.transaction WHERE id = $1 ORDER BY block, index`,
      [state.transactionId],
    );
    expect(rows).toEqual([{ code: validationCodes.VALID }, { code: validationCodes.DUPLICATE_TXID }]);
  });

  it("with all memory of having sent: the chaincode knows the command", async () => {
    worker = await world.startWorker();
    const first = await submitAndWait(db, subjectCommand("subject-forgotten"));
    await pool.query(
      `UPDATE "OutboxItem" SET status = 'queued', "submissionId" = NULL, "transactionId" = NULL, block = NULL WHERE id = $1`,
      [first.id],
    );
    expect(await waitFor(db, first.id)).toEqual(first);
    expect(await recordedAs(first.id)).toEqual([{ id: first.transactionId, code: 0 }]);
  });
});

describe("two workers", () => {
  it("never send together: what the earlier one still wants to write is refused, and it ends", async () => {
    const earlier = await world.startWorker();
    const later = new OutboxStore(pool);
    await later.takeOver();
    const id = await db.$transaction((tx) => enqueue(tx, subjectCommand("subject-fenced")));
    expect(await earlier.ended).toBe(1);
    const { queued } = await later.look({ after: 0, limit: 10, without: [] }, []);
    expect(queued.map((item) => item.id)).toEqual([id]);
    worker = await world.startWorker();
    await expect(later.write({ items: [] })).rejects.toThrow(FencedError);
    await waitFor(db, id);
  });
});

describe("a service's certificate that was revoked", () => {
  it("ends what was queued under it and does not come back by itself", async () => {
    worker = await world.startWorker();
    const holder = municipalService(torino);
    await submitAndWait(db, subjectCommand("subject-before"));
    const [certificate] = await db.serviceCertificate.findMany({ where: { person: holder.person } });
    const { ca, registrar } = await registrarOf(organisationOf(ledger.connection, "comune"));
    const enrolmentId = certificate?.enrolmentId ?? "";
    await ca.revoke(registrar, { enrolmentId }, "cessationofoperation");
    const refused = submitAndWait(db, subjectCommand("subject-revoked"));
    await expect(refused).rejects.toMatchObject({ code: "certificate_refused" });
    await submitAndWait(db, subjectCommand("subject-renewed"));
    // This process holds the one that was revoked, until the ledger refuses it.
    await identities.refused(holder);
    const certificates = await db.serviceCertificate.findMany({ where: { person: holder.person } });
    expect(certificates.map(({ revokedAt }) => revokedAt === null).sort()).toEqual([false, true]);
  });
});

describe("bytes that the orderers will not have", () => {
  it("are given up once they are sure to be on no ledger", async () => {
    const { id, state } = await storeSigned("subject-altered");
    // As if the disk had lost a bit of the signature: it is the creator's no longer.
    await pool.query(
      `UPDATE "OutboxSubmission" SET envelope = set_byte(envelope, length(envelope) - 70, get_byte(envelope, length(envelope) - 70) # 1)
       WHERE "transactionId" = $1`,
      [state.transactionId],
    );
    worker = await world.startWorker();
    const refused = waitFor(db, id, { timeoutMs: 110_000 });
    await expect(refused).rejects.toMatchObject({ code: "certificate_refused" });
    expect(await gateway.locate(state.transactionId)).toBeUndefined();
  }, 120_000);
});

/** What a worker has done when it is killed right after it stored the signed bytes. */
async function storeSigned(subject: string): Promise<{ id: string; state: Submitting }> {
  const command = subjectCommand(subject);
  const id = await db.$transaction((tx) => enqueue(tx, command));
  const { signatory } = await identities.signatory(municipalService(torino));
  const { person } = command.signer;
  const argument = { by: "resident", person, input: { ...command.input, command: id } };
  let state: SigningState = {
    status: "prepared",
    ...gateway.newProposal(signatory, command.transaction, argument),
  };
  while (state.status !== "transaction_signed") {
    const message = messageToSign(state);
    state = await advance(gateway, state, { signature: message && signMessage(signatory.key, message) });
  }
  const store = new OutboxStore(pool);
  await store.takeOver();
  const submissionId = randomUUID();
  await store.write({
    added: { id: submissionId, command: id, transaction: command.transaction, state },
    items: [{ id, from: "queued", status: "sending", submissionId }],
  });
  return { id, state: state as Submitting };
}

async function recordedAs(command: string): Promise<{ id: string; code: number }[]> {
  const { rows } = await pool.query<{ id: string; code: number }>(
    `SELECT id, code FROM chain.transaction WHERE command = $1`,
    [command],
  );
  return rows;
}
