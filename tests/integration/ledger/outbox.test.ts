import { randomUUID, X509Certificate } from "node:crypto";
import { describe, expect, it } from "vitest";
import { people } from "@/chaincode/testing/people";
import { programHolder } from "@/ledger/client/identities/services";
import { type Command, enqueue, outboxLimit, personLimit } from "@/ledger/client/outbox/enqueue";
import {
  CommandReusedError,
  InvalidCommandError,
  OutboxFullError,
  PersonOutboxFullError,
} from "@/ledger/client/outbox/errors";
import { pendingItems } from "@/ledger/client/outbox/pending";
import { NotRecordedError, submitAndWait, waitFor } from "@/ledger/client/outbox/wait";
import { foundTorino } from "./founded";
import { startWorld, subjectCommand, torino } from "./world";

const world = await startWorld();
const { db, access, pool } = world;
await world.startWorker();
await foundTorino(world);

describe("the outbox", () => {
  it("records a transaction and shows it in the tables as the ledger has it", async () => {
    const recorded = await submitAndWait(db, subjectCommand("subject-1"));
    const row = await subject("subject-1");
    expect(row).toMatchObject({ representative: "resident-1", transactionId: recorded.transactionId });
    expect(await access.gateway.locate(recorded.transactionId)).toEqual({ block: recorded.block, code: 0 });
    const idParts = ["subject-1"];
    expect(
      await access.gateway.evaluate("records:get", { municipality: torino, type: "subject", idParts }),
    ).toEqual(row?.record);
    expect(
      await pendingItems(db, { municipality: torino, subject: { type: "subject", id: "subject-1" } }),
    ).toEqual([]);
  });

  it("tells the refusal of a rule with its code, and shows it beside its subject", async () => {
    await submitAndWait(db, subjectCommand("subject-2"));
    const second = submitAndWait(db, subjectCommand("subject-2", "resident-2"));
    await expect(second).rejects.toThrow(NotRecordedError);
    await expect(second).rejects.toMatchObject({ code: "already_exists" });
    const about = { municipality: torino, subject: { type: "subject", id: "subject-2" } };
    expect(await pendingItems(db, about)).toMatchObject([
      { status: "failed", error: { code: "already_exists" } },
    ]);
    expect(await pendingItems(db, { ...about, municipality: "001001" })).toEqual([]);
  });

  it("sends nothing of a use case that was undone", async () => {
    const command = subjectCommand("subject-undone");
    const undone = db.$transaction(async (tx) => {
      await enqueue(tx, command);
      throw new Error("on purpose");
    });
    await expect(undone).rejects.toThrow("on purpose");
    await submitAndWait(db, subjectCommand("subject-after"));
    expect(await subject("subject-undone")).toBeNull();
  });

  it("takes the same command twice as one, and refuses it for anything else", async () => {
    const command = subjectCommand("subject-3");
    const first = await submitAndWait(db, command);
    expect(await submitAndWait(db, command)).toEqual(first);
    const other = { ...subjectCommand("subject-4"), id: first.id };
    await expect(db.$transaction((tx) => enqueue(tx, other))).rejects.toThrow(CommandReusedError);
  });

  it("refuses at once what the chaincode would always refuse", async () => {
    const wrong = { ...subjectCommand("subject-5") };
    const byTreasurer = { ...wrong, signer: { ...wrong.signer, role: "treasurer" as const } };
    await expect(db.$transaction((tx) => enqueue(tx, byTreasurer))).rejects.toThrow(InvalidCommandError);
    const badDigest = { ...wrong, input: { ...wrong.input, digest: "short" } };
    await expect(db.$transaction((tx) => enqueue(tx, badDigest))).rejects.toThrow(/digest/);
  });

  it("takes no more than its limit and lets the use case fail whole", async () => {
    const full = db.$transaction(async (tx) => {
      await tx.$executeRaw`
        INSERT INTO "OutboxItem" (id, municipality, transaction, input, person, organisation, role, by, "subjectType", "subjectId")
        SELECT gen_random_uuid(), ${torino}, 'subjects:register', '{}', 'p', 'Case', 'resident', 'resident', 'subject', 's'
        FROM generate_series(1, ${outboxLimit})`;
      await enqueue(tx, subjectCommand("subject-6"));
    });
    await expect(full).rejects.toThrow(OutboxFullError);
  });

  it("takes only so many of one person, and goes on taking those of others and of programs", async () => {
    const undone = new Error("on purpose");
    const filled = db.$transaction(async (tx) => {
      await tx.$executeRaw`
        INSERT INTO "OutboxItem" (id, municipality, transaction, input, person, organisation, role, by, "subjectType", "subjectId")
        SELECT gen_random_uuid(), ${torino}, 'subjects:register', '{}', person, 'Case', 'resident', 'resident', 'subject', 's'
        FROM generate_series(1, ${personLimit}), unnest(ARRAY['resident-busy', ${people.service.person}]) AS person`;
      await enqueue(tx, subjectCommand("subject-8", "resident-other"));
      await enqueue(tx, {
        transaction: "municipality:advanceDay",
        input: { municipality: torino, day: "2026-01-02" },
        signer: people.service,
        subject: { type: "day", id: "day" },
      });
      await expect(enqueue(tx, subjectCommand("subject-7", "resident-busy"))).rejects.toThrow(
        PersonOutboxFullError,
      );
      throw undone;
    });
    await expect(filled).rejects.toThrow(undone);
  });
});

describe("order", () => {
  it("is kept on one path, however many are queued at once", async () => {
    const commons = "commons-in-order";
    const ids = await db.$transaction(async (tx) => {
      await enqueue(tx, {
        ...onPath(commons),
        transaction: "commons:register",
        input: { municipality: torino, id: commons, kind: "square", digest: "b".repeat(64) },
      } as Command<"commons:register">);
      const queued: string[] = [];
      for (let number = 1; number <= 25; number += 1)
        queued.push(await enqueue(tx, document(commons, number)));
      return queued;
    });
    const recorded = await Promise.all(ids.map((id) => waitFor(db, id)));
    const blocks = recorded.map(({ block }) => block);
    expect(blocks).toEqual([...blocks].sort((a, b) => a - b));
  });

  it("is not needed elsewhere: those who meet are proposed again until all are recorded", async () => {
    // A registrar has one key: each of these takes the place of the one before, whichever that is.
    const { person, organisation, role } = people.caseRegistrar;
    const { signatory } = await access.identities.signatory(programHolder(people.caseRegistrar));
    const publicKey = new X509Certificate(signatory.certificatePem).publicKey
      .export({ format: "der", type: "spki" })
      .toString("base64");
    const ids = Array.from({ length: 12 }, (_, index) => `key-${index}`);
    const recorded = await Promise.all(
      ids.map((id) =>
        submitAndWait(db, {
          transaction: "municipality:registerSigningKey",
          input: { municipality: torino, id, publicKey },
          signer: { person, organisation, role },
          subject: { type: "signing_key", id },
        }),
      ),
    );
    expect(new Set(recorded.map(({ transactionId }) => transactionId)).size).toBe(ids.length);
    const { rows } = await pool.query<{ attempts: number; conflicts: number }>(
      `SELECT (SELECT sum(attempts)::int FROM "OutboxItem" WHERE transaction = 'municipality:registerSigningKey') AS attempts,
         (SELECT count(*)::int FROM chain.transaction WHERE name = 'municipality:registerSigningKey' AND code = 11) AS conflicts`,
    );
    expect(rows[0]?.attempts).toBeGreaterThan(0);
    expect(rows[0]?.conflicts).toBe(rows[0]?.attempts);
  });
});

function subject(id: string) {
  return db.chainSubject.findUnique({ where: { municipality_id: { municipality: torino, id } } });
}

function onPath(commons: string) {
  const { person, organisation, role } = people.resident;
  return {
    id: randomUUID(),
    signer: { person, organisation, role },
    subject: { type: "commons", id: commons },
    orderKey: `commons/${commons}`,
  };
}

/** Each corrects the one before it, which must be there. */
function document(commons: string, number: number): Command<"documents:record"> {
  const id = `document-${commons}-${number}`;
  const corrects = number > 1 ? { corrects: `document-${commons}-${number - 1}` } : {};
  return {
    ...onPath(commons),
    transaction: "documents:record",
    input: { municipality: torino, id, commons, kind: "photograph", hash: "c".repeat(64), ...corrects },
  };
}
