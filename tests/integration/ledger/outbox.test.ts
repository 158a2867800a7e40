import { describe, expect, it } from "vitest";
import { NotRecordedError, submitAndWait } from "@/ledger/outbox/wait";
import { registerTorino, startWorld, subjectCommand, torino } from "./world";

const world = await startWorld();
const { db, access } = world;
await world.startWorker();
await registerTorino(world);
  console.log(
    worker.log(),
    (await world.pool.query('select person,role from "LedgerIdentity"')).rows,
    (await world.pool.query('select id,status,"transactionId",block,"errorCode" from "OutboxItem"')).rows,
    (await world.pool.query("select number,transactions from chain.block")).rows,
    (await world.pool.query('select * from "LedgerWorker"')).rows,
    (await world.pool.query('select id,status from "OutboxSubmission"')).rows,
  );
  throw e;
});

describe("the outbox", () => {
  it("records a transaction and shows it in the tables", async () => {
    const recorded = await submitAndWait(db, subjectCommand("subject-1"));
    const row = await db.chainSubject.findUniqueOrThrow({
      where: { municipality_id: { municipality: torino, id: "subject-1" } },
    });
    expect(row).toMatchObject({
      kind: "association",
      representative: "resident-1",
      transactionId: recorded.transactionId,
    });
    expect(await access.gateway.locate(recorded.transactionId)).toEqual({ block: recorded.block, code: 0 });
    expect(
      await access.gateway.evaluate("records:get", {
        municipality: torino,
        type: "subject",
        idParts: ["subject-1"],
      }),
    ).toEqual(row.record);
  });

  it("tells the refusal of a rule with its code", async () => {
    await submitAndWait(db, subjectCommand("subject-2"));
    const second = submitAndWait(db, subjectCommand("subject-2", "resident-2"));
    await expect(second).rejects.toThrow(NotRecordedError);
    await expect(second).rejects.toMatchObject({ code: "already_exists" });
  });
});
