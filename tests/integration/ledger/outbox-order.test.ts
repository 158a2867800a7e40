/* On a PostgreSQL of its own: PGlite is one session, in which no transaction runs beside another. */
import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { enqueue } from "@/ledger/client/outbox/enqueue";
import { submitAndWait, waitFor } from "@/ledger/client/outbox/wait";
import { startEmbedded } from "../../conformance/embedded";
import { databaseToKill } from "../database";
import { foundTorino } from "./founded";
import { chaincodeDir, startWorldOn, subjectCommand, torino } from "./world";

const world = await startWorldOn(() => startEmbedded({ chaincodeDir }), databaseToKill);
const { db } = world;
await world.startWorker();
await foundTorino(world);

// The worker looks at all items once a second and at new ones otherwise: one of five might meet the former.
it.each([1, 2, 3, 4, 5])(
  "a use case's items are sent in order though another's number is between theirs (%i)",
  async (round) => {
    const id = `commons-${round}`;
    const commons = randomUUID();
    const document = randomUUID();
    const about = {
      signer: { person: "resident-1", organisation: "Case", role: "resident" },
      subject: { type: "commons", id },
      orderKey: `commons/${id}`,
    } as const;
    const other = { ...subjectCommand(`other-${round}`), id: randomUUID() };
    await db.$transaction(async (tx) => {
      await enqueue(tx, {
        ...about,
        id: commons,
        transaction: "commons:register",
        input: { municipality: torino, id, kind: "square", digest: "b".repeat(64) },
      });
      // Queued, seen and recorded while this transaction is still open.
      await submitAndWait(db, other);
      await enqueue(tx, {
        ...about,
        id: document,
        transaction: "documents:record",
        input: {
          ...{ municipality: torino, id: `document-${round}`, commons: id },
          ...{ kind: "photograph", hash: "c".repeat(64) },
        },
      });
    });
    const [first, second] = await Promise.all([waitFor(db, commons), waitFor(db, document)]);
    expect(second.block).toBeGreaterThan(first.block);
    const inOrder = await db.outboxItem.findMany({
      where: { id: { in: [commons, other.id, document] } },
      orderBy: { sequence: "asc" },
      select: { id: true },
    });
    expect(inOrder.map((item) => item.id)).toEqual([commons, other.id, document]);
  },
);
