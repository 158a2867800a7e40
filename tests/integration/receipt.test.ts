import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import type { Viewer } from "@/lib/permissions";
import { freshDatabase } from "./database";

const { db } = await freshDatabase();
const { voterView } = await import("@/features/ballots/queries");

const municipality = "001272";
const round = "round-1";
const viewer: Viewer = { id: "person-1", name: "", language: "it", roles: [] };
const key = randomBytes(32).toString("hex");
const digest = "d".repeat(64);

it("a receipt shows what was asked for until the ledger has it, and then what the ledger has", async () => {
  await db.person.create({ data: { id: viewer.id, displayName: "Demo" } });
  await db.voterKey.create({
    data: {
      ...{ municipality, round, person: viewer.id, publicKey: key, slot: 7, seq: 1 },
      privateKeyEncrypted: new Uint8Array(),
    },
  });
  await db.outboxItem.create({
    data: {
      ...{ id: crypto.randomUUID(), municipality, transaction: "rounds:cast", person: "service-casting" },
      ...{
        organisation: "Case",
        role: "casting_service",
        by: "service",
        subjectType: "ballot",
        subjectId: `${round}/${key}`,
      },
      input: { municipality, round, ballots: [{ key, seq: 1, choices: [1, 2], signature: "" }] },
    },
  });
  const ballot = async () => (await voterView(municipality, round, viewer)).ballot;
  expect(await ballot()).toMatchObject({
    ...{ status: "pending", given: { choices: [1, 2] }, transactionId: null },
  });
  await db.chainBallot.create({
    data: {
      ...{ municipality, id: `${round}/${key}/1`, round, key, seq: 1, choices: [3], record: {} },
      ...{ transactionId: digest, block: 12n },
    },
  });
  expect(await ballot()).toMatchObject({
    status: "recorded",
    given: { choices: [3] },
    transactionId: digest,
    block: 12,
  });
});
