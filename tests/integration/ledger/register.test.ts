import { createHash, randomUUID } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { people, person } from "@/chaincode/testing/people";
import { administrators, keyOf } from "@/chaincode/testing/register";
import { waitFor } from "@/ledger/client/outbox/wait";
import type { FormState } from "@/lib/action-client";
import type { Actor } from "@/protocol/primitives";
import { startEmbedded } from "../../conformance/embedded";
import { formOf, request, serverActions } from "../actions/request";
import { settle } from "../actions/town";
import { FoundedCity, foundTorino, origin, signActs } from "./founded";
import { chaincodeDir, startWorldOn, torino } from "./world";

const folder = mkdtempSync(join(tmpdir(), "cocity-register-"));
process.env.COCITY_DATA = folder;
process.env.ORIGIN = origin;
const world = await startWorldOn(() => startEmbedded({ chaincodeDir }), serverActions);
const { db } = world;
const offices = await import("@/features/register/actions");
const passkeys = await import("@/features/passkeys/actions");
const { officesIn } = await import("@/features/register/queries");
const { stuckIn } = await import("@/features/register/stuck-queries");
const { registerTasks } = await import("@/features/register/task-queries");
const { keysIn, passkeyMaking } = await import("@/features/passkeys/queries");
const { passkeyCode } = await import("@/features/passkeys/rules");
const { rolesHeld } = await import("@/lib/roles-held");

const here = { istatCode: torino, slug: "torino" };
const newcomer = person("giulia-newcomer", "coordinator", "Case");
const { Comune: comune, Case: casa, Garanti: garanti } = administrators;
const city = new FoundedCity(world);
const pdf =
  "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\ntrailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n";

beforeAll(async () => {
  await settle(db);
  await world.startWorker();
  await foundTorino(world);
  for (const { person: id } of [newcomer, comune, casa, garanti, people.guarantor])
    await db.person.create({ data: { id, displayName: id, residence: torino } });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("a newcomer to an office", () => {
  let office = "";
  let key = "";

  it("is proposed by an administrator of their organisation and confirmed by somebody of another", async () => {
    await signed(casa, offices.proposeOffice, proposal({ person: newcomer.person }));
    const { offices: all } = await officesIn(here);
    office = all.find((one) => one.person === newcomer.person)?.id ?? expect.fail();
    expect(await rolesHeld(newcomer.person)).toEqual([]);
    expect((await registerTasks(here, await viewer(people.guarantor)))?.toConfirm).toMatchObject([
      { id: office, name: newcomer.person, proposedBy: { person: casa.person }, act: { number: "C 7/2026" } },
    ]);
    expect(await asked(casa, offices.confirmOffice, decision(office))).toMatchObject({
      code: "same_organisation",
    });
    await signed(people.guarantor, offices.confirmOffice, decision(office));
    expect(await rolesHeld(newcomer.person)).toMatchObject([{ role: "coordinator", organisation: "Case" }]);
  });

  it("makes a key, whose code two people of two organisations compare before it counts", async () => {
    const made = keyOf(newcomer.person);
    const { credential, spki } = made;
    expect(await passkeyMaking(torino, await viewer(newcomer))).toMatchObject({
      rpId: "localhost",
      known: [],
    });
    const offer = formOf({ credential, spki, algorithm: String(made.algorithm) });
    expect(await asked(newcomer, passkeys.offerPasskey, offer)).toMatchObject({ done: expect.any(String) });
    key = createHash("sha256").update(Buffer.from(credential, "base64url")).digest("hex");
    const [offered] = (await registerTasks(here, await viewer(casa)))?.administration?.keysToPropose ?? [];
    const code = await passkeyCode(offered?.facts ?? expect.fail());
    expect(code).toBe(
      await passkeyCode({ ...facts(), person: newcomer.person, credential, spki, rpId: "localhost" }),
    );

    await signed(casa, passkeys.proposePasskey, ceremony(code));
    expect(await phase()).toBe("proposed");
    expect(await asked(people.guarantor, passkeys.confirmPasskey, ceremony("0".repeat(64)))).toMatchObject({
      code: "code_differs",
    });
    await signed(people.guarantor, passkeys.confirmPasskey, ceremony(code));
    expect(await phase()).toBe("coming");
    await city.advanceTo("2026-01-02");
    expect(await phase()).toBe("counting");
  });

  it("is refused by the ledger with another code than the first of the two has signed", async () => {
    const { credential, spki, algorithm } = keyOf("giulia-second");
    const offer = formOf({ credential, spki, algorithm: String(algorithm) });
    await asked(newcomer, passkeys.offerPasskey, offer);
    const { keys } = await keysIn(torino, { person: newcomer.person });
    const offered = keys.find((one) => one.phase === "offered") ?? expect.fail();
    await signed(
      newcomer,
      passkeys.proposeOwnPasskey,
      ceremony(await passkeyCode(offered.facts), offered.id),
    );
    const swapped = city.submit(people.guarantor, "passkeys:confirm", {
      ...{ id: offered.id, code: "0".repeat(64) },
    });
    await expect(swapped).rejects.toMatchObject({ code: "code_differs" });
  });

  it("signs with it; what they give up is at once nobody's, and stays written", async () => {
    await signed(newcomer, offices.giveUpOffice, decision(office));
    expect(await rolesHeld(newcomer.person)).toEqual([]);
    const { offices: all } = await officesIn(here);
    expect(all.find(({ id }) => id === office)).toMatchObject({
      ...{ phase: "ended", endedOn: "2026-01-02", endedBy: { person: newcomer.person } },
      ...{ confirmedBy: { person: people.guarantor.person }, confirmedOn: "2026-01-01" },
    });
  });

  it("has keys that an administrator of theirs withdraws, and nobody of another organisation", async () => {
    expect(await asked(garanti, passkeys.withdrawPasskey, decision(key))).toMatchObject({ code: "not_own" });
    await signed(casa, passkeys.withdrawPasskey, decision(key));
    expect(await phase()).toBe("withdrawn");
  });

  async function phase() {
    const { keys } = await keysIn(torino, { person: newcomer.person });
    return keys.find(({ id }) => id === key)?.phase;
  }

  function ceremony(code: string, id = key) {
    return formOf({ command: randomUUID(), id, code, compared: "on" });
  }
});

describe("somebody in office", () => {
  const id = `office-${people.treasurer.person}`;

  it("is suspended by their own organisation, and out of office once another has confirmed it", async () => {
    const form = formOf({ command: randomUUID(), id, reason: "Ha cambiato ufficio." });
    await signed(comune, offices.suspendOffice, form);
    expect(await rolesHeld(people.treasurer.person)).toEqual([]);
    expect((await stuckIn(torino)).vacant).toContainEqual({ organisation: "Comune", role: "treasurer" });
    expect((await registerTasks(here, await viewer(people.guarantor)))?.toEnd).toMatchObject([
      { id, suspension: { reason: "Ha cambiato ufficio.", until: "2026-01-09" } },
    ]);
    await signed(people.guarantor, offices.confirmWithdrawal, decision(id));
    const { offices: all } = await officesIn(here);
    expect(all.find((one) => one.id === id)?.phase).toBe("ended");
  });
});

type Action = (state: FormState, form: FormData) => Promise<FormState>;

async function asked({ person: id }: Actor, action: Action, form: FormData): Promise<FormState> {
  request.person = id;
  return action(undefined, form);
}

/** Asks, signs the act that was queued, and waits until the tables show it. */
async function signed(actor: Actor, action: Action, form: FormData): Promise<void> {
  const state = await asked(actor, action, form);
  expect(state?.failure, JSON.stringify(state)).toBeUndefined();
  const { id } = await db.outboxItem.findFirstOrThrow({
    where: { person: actor.person, status: "to_sign" },
    orderBy: { sequence: "desc" },
  });
  await signActs(actor, [id]);
  await waitFor(db, id);
}

async function viewer({ person: id }: Actor) {
  return { id, name: id, language: "it" as const, roles: await rolesHeld(id) };
}

function decision(id: string): FormData {
  return formOf({ command: randomUUID(), id });
}

function proposal(values: Record<string, string>): FormData {
  const form = formOf({
    ...{ command: randomUUID(), role: "coordinator", from: "2026-01-01" },
    ...{ actKind: "determina", actNumber: "C 7/2026", actDate: "2026-01-01", actBody: "Rete delle Case" },
    ...values,
  });
  form.set("actFile", new File([pdf], "nomina.pdf", { type: "application/pdf" }));
  return form;
}

function facts() {
  return { founding: "00112233445566778899aabbccddeeff" };
}
