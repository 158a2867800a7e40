import { randomUUID } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Authenticator } from "@/chaincode/testing/authenticator";
import { act } from "@/chaincode/testing/founding-inputs";
import { people } from "@/chaincode/testing/people";
import { administrators, keyOf } from "@/chaincode/testing/register";
import { type Command, enqueue } from "@/ledger/client/outbox/enqueue";
import { pendingItems } from "@/ledger/client/outbox/pending";
import { submitAndWait, waitFor } from "@/ledger/client/outbox/wait";
import { proveTransaction } from "@/ledger/client/proof";
import { readSignedAct } from "@/protocol/acts/signed-act";
import type { Actor } from "@/protocol/primitives";
import { startEmbedded } from "../../conformance/embedded";
import { formOf, request, serverActions } from "../actions/request";
import { settle } from "../actions/town";
import { assertionOf, FoundedCity, foundTorino, origin, prepareAndSign, signActs, viewerOf } from "./founded";
import { chaincodeDir, startWorldOn, subjectCommand, torino } from "./world";

const folder = mkdtempSync(join(tmpdir(), "cocity-acts-"));
process.env.COCITY_DATA = folder;
process.env.ORIGIN = origin;
const world = await startWorldOn(() => startEmbedded({ chaincodeDir }), serverActions);
const { db, access } = world;
const service = await import("@/features/acts/service");
const queries = await import("@/features/acts/queries");
const { confirmSettings, proposeSettings } = await import("@/features/settings/actions");
const { signActs: signAction } = await import("@/features/acts/actions");
const city = new FoundedCity(world);

beforeAll(async () => {
  await settle(db);
  await world.startWorker();
  await foundTorino(world);
  for (const { person } of [people.administrator, people.guarantor])
    await db.person.create({ data: { id: person, displayName: person } });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("an act of somebody in office", () => {
  it("waits for its person, who signs it; it is theirs, and says who carried it", async () => {
    const id = await queue(people.officer, commons("of-the-officer"));
    expect(await item(id)).toMatchObject({
      status: "to_sign",
      by: "act",
      expiresOn: "2026-01-03",
      act: null,
    });
    expect(await pending(id)).toMatchObject({ status: "to_sign" });
    await signActs(people.officer, [id]);
    const { transactionId } = await waitFor(db, id);
    expect(await db.chainTransaction.findFirst({ where: { id: transactionId } })).toMatchObject({
      ...{ person: people.officer.person, role: "responsible_officer", organisation: "Comune" },
      ...{ carriedBy: "Comune", program: "service-carrier-comune", command: id },
    });
    const { acts } = await queries.ownActs(torino, viewerOf(people.officer));
    expect(acts.find((one) => one.transactionId === transactionId)).toMatchObject({
      ...{ carriedBy: "Comune", transaction: "commons:register", act: (await item(id)).act },
    });
  });

  it("is proved by its passkey's signature, which is checked again", async () => {
    const { transactionId } = await city.submit(people.coordinator, "commons:register", {
      ...{ id: "proved", kind: "square", digest: "b".repeat(64) },
    });
    const proof = await proveTransaction(
      { gateway: access.gateway, db },
      { municipality: torino, transactionId },
    );
    expect(proof).toMatchObject({
      faulty: false,
      checks: { signer: true, act: true },
      signedWith: "passkey",
    });
  });

  it("of a resident is vouched for by the Comune's program", async () => {
    const command = subjectCommand("of-a-resident");
    const { transactionId } = await submitAndWait(db, command);
    expect(await db.chainTransaction.findFirst({ where: { id: transactionId } })).toMatchObject({
      ...{
        person: "resident-1",
        role: "resident",
        organisation: "Comune",
        carriedBy: "Comune",
        passkey: null,
      },
    });
    const proof = await proveTransaction(
      { gateway: access.gateway, db },
      { municipality: torino, transactionId },
    );
    expect(proof).toMatchObject({ faulty: false, signedWith: "vouched", checks: { act: null } });
  });

  it("is carried once, however often its signature is handed in", async () => {
    const id = await queue(people.officer, commons("handed-in-twice"));
    const { texts, assertion } = await prepareAndSign(people.officer, [id]);
    const give = () => service.acceptSignature(viewerOf(people.officer), torino, { texts, assertion });
    await give();
    await give();
    await waitFor(db, id);
    await give();
    expect(await db.chainTransaction.count({ where: { command: id } })).toBe(1);
  });

  it("is taken with nobody else's signature, and from nobody else", async () => {
    const id = await queue(people.officer, commons("of-a-thief"));
    const viewer = viewerOf(people.officer);
    const { texts, assertion } = await prepareAndSign(people.officer, [id]);
    const refused = async (by: Authenticator, code: string, said = {}) =>
      expect(
        service.acceptSignature(viewer, torino, { texts, assertion: assertionOf(texts, by, said) }),
      ).rejects.toMatchObject({ code });
    await refused(new Authenticator(), "key_unknown");
    await refused(keyOf(people.treasurer.person), "key_unknown");
    await refused(keyOf(people.officer.person), "assertion_origin", { origin: "https://evil.example" });
    await refused(keyOf(people.officer.person), "assertion_unverified", { flags: 1 });
    const other = { ...assertion, signature: assertionOf(texts, new Authenticator()).signature };
    await expect(service.acceptSignature(viewer, torino, { texts, assertion: other })).rejects.toMatchObject({
      code: "bad_signature",
    });
    const thief = viewerOf(people.treasurer);
    await expect(service.acceptSignature(thief, torino, { texts, assertion })).rejects.toMatchObject({
      code: "act_not_found",
    });
    await expect(service.putAside(thief, torino, id)).rejects.toMatchObject({ code: "act_not_found" });
    await expect(service.acceptSignature(viewer, "001001", { texts, assertion })).rejects.toMatchObject({
      code: "act_not_found",
    });
    expect((await service.prepareActs(thief, torino, [id], origin)).acts).toEqual([]);
    expect(await item(id)).toMatchObject({ status: "to_sign" });
  });

  it("that somebody swapped in the database is not what its person signed", async () => {
    const id = await queue(people.officer, commons("swapped"));
    const { texts, assertion } = await prepareAndSign(people.officer, [id]);
    const swapped = texts[0]?.replace('"square"', '"building"') ?? "";
    await db.outboxItem.update({ where: { id }, data: { act: swapped } });
    const viewer = viewerOf(people.officer);
    const given = service.acceptSignature(viewer, torino, { texts: [swapped], assertion });
    await expect(given).rejects.toMatchObject({ code: "assertion_challenge" });
    // The chaincode refuses it as well where it is carried all the same.
    await db.outboxItem.update({ where: { id }, data: { assertion, status: "queued" } });
    await expect(waitFor(db, id)).rejects.toMatchObject({ code: "assertion_challenge" });
  });
});

describe("what was seen", () => {
  it("and has changed before the act is carried is looked at again, and signed again", async () => {
    const first = await queue(people.administrator, settings(17));
    const { texts, assertion } = await prepareAndSign(people.administrator, [first]);
    await city.submit(administrators.second, "municipality:proposeSettings", settings(18).input);
    await service.acceptSignature(viewerOf(people.administrator), torino, { texts, assertion });
    await expect(waitFor(db, first)).rejects.toMatchObject({ code: "changed_since_seen" });
    expect(await item(first)).toMatchObject({ status: "to_sign", act: null, assertion: null });
    expect(await queries.waitingActs(torino, viewerOf(people.administrator))).toMatchObject([
      { id: first, error: { code: "changed_since_seen" } },
    ]);
    await signActs(people.administrator, [first]);
    await waitFor(db, first);
    expect(await item(first)).toMatchObject({ status: "committed", errorCode: null });
  });

  it("is prepared anew with the page, and what was prepared before is not taken any more", async () => {
    const id = await queue(people.administrator, settings(19));
    const old = await prepareAndSign(people.administrator, [id]);
    await city.submit(administrators.second, "municipality:proposeSettings", settings(20).input);
    const fresh = await prepareAndSign(people.administrator, [id]);
    expect(fresh.texts).not.toEqual(old.texts);
    const viewer = viewerOf(people.administrator);
    await expect(service.acceptSignature(viewer, torino, old)).rejects.toMatchObject({
      code: "act_prepared_anew",
    });
    await service.acceptSignature(viewer, torino, fresh);
    await waitFor(db, id);
  });
});

describe("several acts", () => {
  it("are signed by one gesture, each carrying the digests of all", async () => {
    const ids: string[] = [];
    for (const name of ["one", "two", "three"])
      ids.push(await queue(people.officer, commons(`list-${name}`)));
    await signActs(people.officer, ids);
    const recorded = await Promise.all(ids.map((id) => waitFor(db, id)));
    const rows = await db.chainTransaction.findMany({
      where: { id: { in: recorded.map(({ transactionId }) => transactionId) } },
    });
    expect(new Set(rows.map(({ passkey }) => passkey)).size).toBe(1);
    const lists = await Promise.all(ids.map(async (id) => (await item(id)).actList));
    expect(lists[0]).toHaveLength(3);
    expect(new Set(lists.map((list) => JSON.stringify(list))).size).toBe(1);
    const [first] = recorded;
    const proof = await proveTransaction(
      { gateway: access.gateway, db },
      { municipality: torino, transactionId: first?.transactionId ?? "" },
    );
    expect(proof).toMatchObject({ faulty: false, signedWith: "passkey" });
  });

  it("about one record are signed one after the other", async () => {
    const [first, second] = [
      await queue(people.administrator, settings(21)),
      await queue(people.administrator, settings(22)),
    ];
    const viewer = viewerOf(people.administrator);
    const { acts, later } = await service.prepareActs(viewer, torino, [first, second], origin);
    expect(acts.map(({ id }) => id)).toEqual([first]);
    expect(later).toMatchObject([{ id: second }]);
    await signActs(people.administrator, [first]);
    await waitFor(db, first);
    await signActs(people.administrator, [second]);
    await waitFor(db, second);
  });

  it("of which one follows another reach the ledger one after the other, or neither does", async () => {
    const first = await queue(people.officer, commons("goes-first"));
    const second = await queue(people.officer, { ...commons("comes-second"), follows: first });
    await signActs(people.officer, [first, second]);
    const [before, after] = [await waitFor(db, first), await waitFor(db, second)];
    expect(after.block).toBeGreaterThan(before.block);
    // The ledger has a commons of this id, and refuses it.
    const refused = await queue(people.officer, { ...commons("goes-first"), orderKey: "commons/again" });
    const follower = await queue(people.officer, { ...commons("comes-third"), follows: refused });
    await signActs(people.officer, [refused, follower]);
    await expect(waitFor(db, refused)).rejects.toMatchObject({ code: "already_exists" });
    await expect(waitFor(db, follower)).rejects.toMatchObject({ code: "already_exists" });
    const given = await queue(people.officer, commons("given-up"));
    const left = await queue(people.officer, { ...commons("left-alone"), follows: given });
    await service.putAside(viewerOf(people.officer), torino, given);
    expect(await item(left)).toMatchObject({ status: "failed", errorCode: "put_aside" });
  });

  it("hold nobody up until they are signed", async () => {
    const waiting = await queue(people.officer, { ...commons("unsigned"), orderKey: "commons/shared" });
    const other = await queue(people.coordinator, { ...commons("signed"), orderKey: "commons/shared" });
    await signActs(people.coordinator, [other]);
    await waitFor(db, other);
    expect(await item(waiting)).toMatchObject({ status: "to_sign" });
  });
});

describe("an act that is not signed", () => {
  it("is put aside by its person, with what was to follow it, and is nowhere any more", async () => {
    const id = await queue(people.officer, commons("put-aside"));
    const follower = await queue(people.service, { ...nextDay("2026-01-02"), follows: id });
    expect(await item(follower)).toMatchObject({ status: "following", by: "service" });
    await service.putAside(viewerOf(people.officer), torino, id);
    expect(await item(id)).toMatchObject({ status: "failed", errorCode: "put_aside" });
    expect(await item(follower)).toMatchObject({ status: "failed", errorCode: "put_aside" });
    expect(await pending(id)).toBeUndefined();
    await expect(signActs(people.officer, [id])).rejects.toMatchObject({ code: "act_not_found" });
  });

  it("is followed once it is recorded, not before", async () => {
    const id = await queue(people.officer, commons("followed"));
    const follower = await queue(people.service, { ...nextDay("2026-01-02"), follows: id });
    await signActs(people.officer, [id]);
    const [act, day] = [await waitFor(db, id), await waitFor(db, follower)];
    expect(day.block).toBeGreaterThan(act.block);
  });

  it("ends after its last day", async () => {
    const id = await queue(people.officer, commons("too-late"));
    const { texts, assertion } = await prepareAndSign(people.officer, [id]);
    expect(readSignedAct(texts[0] ?? "").expiresOn).toBe("2026-01-04");
    const signed = await queue(people.officer, commons("signed-and-late"));
    const late = await prepareAndSign(people.officer, [signed]);
    await city.advanceTo("2026-01-05");
    await expect(waitFor(db, id, { timeoutMs: 40_000 })).rejects.toMatchObject({
      code: "act_expired",
      params: { day: "2026-01-04" },
    });
    await service.acceptSignature(viewerOf(people.officer), torino, { texts, assertion });
    expect(await item(id)).toMatchObject({ status: "failed" });
    // The chaincode decides by the ledger's day, whatever the outbox thinks of it.
    await db.outboxItem.update({
      where: { id: signed },
      data: { status: "queued", act: late.texts[0] ?? "", assertion: late.assertion },
    });
    await expect(waitFor(db, signed)).rejects.toMatchObject({ code: "act_expired" });
  }, 60_000);
});

describe("a form that asks for an act", () => {
  it("leads to where it is signed, and from there to where the form would have led", async () => {
    request.person = people.guarantor.person;
    request.path = "/torino/ufficio/impostazioni";
    const proposed = await city.submit(
      people.administrator,
      "municipality:proposeSettings",
      settings(23).input,
    );
    const command = randomUUID();
    const form = () => formOf({ command, transactionId: proposed.transactionId });
    const asked = await confirmSettings(undefined, form());
    const url = new URL(asked?.goTo ?? "", origin);
    expect(url.pathname).toBe("/torino/firma");
    expect(url.searchParams.get("poi")).toBe("/torino/ufficio/impostazioni");
    const ids = url.searchParams.get("atti") ?? "";
    // The same form once more leads to the same act.
    expect((await confirmSettings(undefined, form()))?.goTo).toBe(asked?.goTo);

    const { texts, assertion } = await prepareAndSign(people.guarantor, ids.split(","));
    expect(texts).toHaveLength(1);
    const wrong = await signAction(undefined, formOf({ ...assertion, ids: randomUUID(), next: "/torino" }));
    expect(wrong).toMatchObject({ code: "act_not_found" });
    const signed = await signAction(
      undefined,
      formOf({ ...assertion, ids, next: "https://evil.example/torino" }),
    );
    expect(signed?.goTo).toBe("/");
    await waitFor(db, ids);
    const record = await db.chainMunicipality.findFirstOrThrow({ where: { municipality: torino } });
    expect(record.record).toMatchObject({ settings: { leastAge: 23 } });
  });

  it("of somebody who holds no office and whose age nobody attests is not allowed to sign", async () => {
    await db.person.create({ data: { id: "nobody", displayName: "Nobody" } });
    request.person = "nobody";
    const fields = { credential: "AA", authenticatorData: "AA", clientDataJSON: "AA", signature: "AA" };
    expect(await signAction(undefined, formOf({ ...fields, ids: randomUUID() }))).toMatchObject({
      code: "under_age",
    });
    expect(proposeSettings).toBeDefined();
  });
});

function commons(id: string) {
  return {
    transaction: "commons:register" as const,
    input: { municipality: torino, id, kind: "square" as const, digest: "b".repeat(64) },
    subject: { type: "commons", id },
    orderKey: `commons/${id}`,
  };
}

function settings(leastAge: number) {
  const values = { leastAge, longestPactYears: 9, challengeDays: 0, publishGrantsAboveCents: 100_000 };
  return {
    transaction: "municipality:proposeSettings" as const,
    input: {
      municipality: torino,
      settings: { ...values, cigRequired: true, objectionDays: 0, votingDays: 0 },
      act: act(String(leastAge)),
    },
    subject: { type: "municipality", id: torino },
    orderKey: `municipality/${torino}`,
  };
}

function nextDay(day: string) {
  return {
    transaction: "municipality:advanceDay" as const,
    input: { municipality: torino, day },
    subject: { type: "day", id: "day" },
  };
}

function queue(actor: Actor, command: Omit<Command, "signer">): Promise<string> {
  const { person, role, organisation } = actor;
  return db.$transaction((tx) =>
    enqueue(tx, { ...command, signer: { person, role, organisation } } as Command),
  );
}

function item(id: string) {
  return db.outboxItem.findUniqueOrThrow({ where: { id } });
}

async function pending(id: string) {
  return (await pendingItems(db, { municipality: torino })).find((one) => one.id === id);
}
