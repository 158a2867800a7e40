/* On a PostgreSQL of its own: PGlite is one session, in which no transaction runs beside another. */
import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { enqueue } from "@/ledger/client/outbox/enqueue";
import { submitAndWait, waitFor } from "@/ledger/client/outbox/wait";
import { startEmbedded } from "../../conformance/embedded";
import { databaseToKill } from "../database";
import { registerTorino } from "./city";
import { chaincodeDir, startWorldOn, subjectCommand, torino } from "./world";

const world = await startWorldOn(() => startEmbedded({ chaincodeDir }), databaseToKill);
const { db } = world;
await world.startWorker();
await registerTorino(world);

// The worker looks at all items once a second and at new ones otherwise: one of five might meet the former.
it.each([1, 2, 3, 4, 5])(
  "a use case's items are sent in order though another's number is between theirs (%i)",
  async (round) => {
    const id = `subject-${round}`;
    const register = { ...subjectCommand(id), id: randomUUID(), orderKey: `subject/${id}` };
    const other = { ...subjectCommand(`other-${round}`), id: randomUUID() };
    const interest = randomUUID();
    await db.$transaction(async (tx) => {
      await enqueue(tx, register);
      // Queued, seen and recorded while this transaction is still open.
      await submitAndWait(db, other);
      await enqueue(tx, {
        id: interest,
        transaction: "subjects:declareInterest",
        input: { municipality: torino, id },
        signer: { person: "officer-1", organisation: "Comune", role: "responsible_officer" },
        subject: { type: "subject", id },
        orderKey: `subject/${id}`,
      });
    });
    const [first, second] = await Promise.all([waitFor(db, register.id), waitFor(db, interest)]);
    expect(second.block).toBeGreaterThan(first.block);
    const inOrder = await db.outboxItem.findMany({
      where: { id: { in: [register.id, other.id, interest] } },
      orderBy: { sequence: "asc" },
      select: { id: true },
    });
    expect(inOrder.map((item) => item.id)).toEqual([register.id, other.id, interest]);
  },
);
