import { randomUUID } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { act } from "@/chaincode/testing/founding-inputs";
import { people } from "@/chaincode/testing/people";
import { queueAnew } from "@/ledger/client/outbox/before-register";
import { waitFor } from "@/ledger/client/outbox/wait";
import { submissionOf } from "@/protocol/acts/roles";
import type { Actor } from "@/protocol/primitives";
import type { InputOf, TransactionName } from "@/protocol/transactions";
import { startEmbedded } from "../../conformance/embedded";
import { serverActions } from "../actions/request";
import { settle } from "../actions/town";
import { foundTorino, origin, signActs, viewerOf } from "./founded";
import { chaincodeDir, startWorldOn, subjectCommand, torino } from "./world";

const folder = mkdtempSync(join(tmpdir(), "cocity-before-register-"));
process.env.COCITY_DATA = folder;
process.env.ORIGIN = origin;
const world = await startWorldOn(() => startEmbedded({ chaincodeDir }), serverActions);
const { db } = world;
const { waitingActs } = await import("@/features/acts/queries");

beforeAll(() => settle(db));
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("what was queued before there was a register", () => {
  it("of a resident or a program follows the founding, of somebody in office waits for their signature", async () => {
    const { input, subject } = subjectCommand("early-group");
    const resident = await left(people.resident, "subjects:register", input, subject);
    const officers = await left(people.officer, "commons:register", commons("early"), commonsSubject);
    const after = await left(people.service, "municipality:advanceDay", { day: "2026-01-02" }, daySubject, {
      follows: officers,
    });
    const sending = await left(people.officer, "commons:register", commons("sent"), commonsSubject, {
      status: "sending",
    });
    const founded = foundTorino(world);
    await expect
      .poll(() => item(officers), { timeout: 20_000 })
      .toMatchObject({ status: "to_sign", by: "act" });
    expect(await item(resident)).toMatchObject({ status: "following", by: "resident" });
    expect(await item(after)).toMatchObject({ status: "following", by: "service", follows: officers });
    expect(await item(sending)).toMatchObject({ status: "sending", by: "act" });
    await world.startWorker();
    await founded;
    await waitFor(db, resident);
    expect(await item(officers)).toMatchObject({ status: "to_sign" });
    await signActs(people.officer, [officers]);
    await waitFor(db, officers);
    await waitFor(db, after);
    const carried = await db.chainTransaction.findMany({
      where: { command: { in: [resident, officers] } },
      orderBy: { block: "asc" },
    });
    expect(carried).toMatchObject([
      { command: resident, person: people.resident.person, passkey: null },
      { command: officers, person: people.officer.person, passkey: expect.any(String) },
    ]);
  }, 90_000);

  it("follows a founding that is tried again", async () => {
    const register = randomUUID();
    const { input, subject } = subjectCommand("patient-group");
    const resident = await left(people.resident, "subjects:register", input, subject);
    const anew = () => db.$transaction((tx) => queueAnew(tx, torino, register));
    await anew();
    const refused = { status: "failed", errorCode: "recovery_key_unknown", settledAt: new Date() };
    await db.outboxItem.update({ where: { id: resident }, data: refused });
    await anew();
    expect(await item(resident)).toMatchObject({ status: "following", follows: register, errorCode: null });
    await db.outboxItem.delete({ where: { id: resident } });
  });

  it("of a payment half way is signed by whoever asked for the step, until the ledger's second day from now", async () => {
    const id = "payment-early";
    const liquidation = { id, act: act("liquidation") };
    const command = await left(people.accountant, "payments:liquidate", liquidation, { type: "payment", id });
    await db.$transaction((tx) => queueAnew(tx, torino, randomUUID()));
    expect(await item(command)).toMatchObject({
      ...{ status: "to_sign", by: "act", expiresOn: "2026-01-04", follows: null },
    });
    const shown = await waitingActs(torino, viewerOf(people.accountant));
    expect(shown).toMatchObject([{ id: command, transaction: "payments:liquidate" }]);
    await signActs(people.accountant, [command]);
    // It is carried as the accountant's act, and judged by the rule: here there is no such payment.
    await expect(waitFor(db, command)).rejects.toMatchObject({
      code: "not_found",
      params: { type: "payment" },
    });
  });
});

const commonsSubject = { type: "commons", id: "early" };
const daySubject = { type: "day", id: "day" };

function commons(id: string) {
  return { id, kind: "square" as const, digest: "b".repeat(64) };
}

/** An item as the migration leaves what earlier versions queued (`tests/integration/migrated.test.ts`). */
async function left<T extends TransactionName>(
  { person, organisation, role }: Actor,
  transaction: T,
  input: Omit<InputOf<T>, "command" | "municipality">,
  subject: { type: string; id: string },
  more: { follows?: string; status?: "sending" } = {},
): Promise<string> {
  const id = randomUUID();
  const by = submissionOf(role);
  await db.outboxItem.create({
    data: {
      ...{ by, status: by === "act" ? "to_sign" : "following" },
      ...{ id, municipality: torino, transaction, input: { municipality: torino, ...input } },
      ...{ person, organisation, role, subjectType: subject.type, subjectId: subject.id, ...more },
    },
  });
  return id;
}

function item(id: string) {
  return db.outboxItem.findUniqueOrThrow({ where: { id } });
}
