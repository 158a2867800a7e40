import { createHash, generateKeyPairSync, randomBytes, randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { waitingFor } from "@/features/office/queries";
import { keysIn, passkeyMaking } from "@/features/passkeys/queries";
import { passkeyCode } from "@/features/passkeys/rules";
import {
  confirmPasskey,
  discardPasskey,
  offerPasskey,
  proposePasskey,
  withdrawPasskey,
} from "@/features/passkeys/service";
import { erasePerson } from "@/features/people/erasure-service";
import { personalExport } from "@/features/people/export-queries";
import { officesIn } from "@/features/register/queries";
import {
  confirmOffice,
  confirmWithdrawal,
  proposeOffice,
  suspendOffice,
  withdrawOffice,
} from "@/features/register/service";
import { stuckIn } from "@/features/register/stuck-queries";
import { registerTasks } from "@/features/register/task-queries";
import { rolesHeld } from "@/lib/roles-held";
import type { Role } from "@/protocol/primitives";
import type { RecordOf } from "@/protocol/records";
import { freshDatabase } from "./database";
import {
  act,
  actor,
  dayOf,
  foundedTorino,
  founding,
  office,
  official,
  project,
  torino,
} from "./register-rows";

Object.assign(process.env, {
  KEY_ENCRYPTION_KEY: randomBytes(32).toString("hex"),
  FISCAL_NUMBER_KEY: randomBytes(32).toString("hex"),
  LEDGER_CONNECTION: "no-such-connection.json",
});
const { db } = await freshDatabase();

const day = "2026-03-15";
const here = { istatCode: torino, slug: "torino" };
const comune = actor("valeria", "Comune", "administrator");
const garanti = actor("irene", "Garanti", "administrator");
const people = ["valeria", "bruno", "irene", "maria", "dario", "giulia", "dora"];

beforeEach(async () => {
  await db.$executeRaw`TRUNCATE chain.municipality, chain.day, chain.official, chain.office, chain.passkey,
    chain.subject, public."OutboxItem", public."RoleAssignment", public."PasskeyOffer", public."DutyIndex"`;
  for (const id of people)
    await db.person.upsert({ where: { id }, create: { id, displayName: id }, update: { erasedAt: null } });
  await project(
    db,
    foundedTorino(),
    dayOf(day),
    official("valeria", "Comune"),
    office("valeria", "Comune", "administrator"),
    official("bruno", "Comune"),
    office("bruno", "Comune", "administrator"),
    official("irene", "Garanti"),
    office("irene", "Garanti", "administrator"),
    official("maria", "Garanti"),
    office("maria", "Garanti", "guarantor"),
    official("dario", "Case"),
    office("dario", "Case", "administrator"),
  );
});

describe("the roles of a person", () => {
  it("are those of the register", async () => {
    expect(await rolesHeld("giulia")).toEqual([]);
    await project(db, official("giulia", "Comune"), office("giulia", "Comune", "treasurer"));
    expect(await rolesHeld("giulia")).toEqual([
      { municipality: torino, organisation: "Comune", role: "treasurer" },
    ]);
  });

  it("are none that an administrator gave before there was a register, and the person's copy says which", async () => {
    await db.roleAssignment.create({
      data: { person: "giulia", municipality: torino, organisation: "Comune", role: "treasurer" },
    });
    expect(await rolesHeld("giulia")).toEqual([]);
    expect(await personalExport("giulia")).toMatchObject({
      offices: [],
      rolesBeforeTheRegister: [{ municipality: torino, role: "treasurer" }],
    });
    await erasePerson("giulia");
    expect((await db.person.findUnique({ where: { id: "giulia" } }))?.displayName).toBe("giulia");
  });

  it.each([
    ["proposed", { state: "proposed" }],
    ["ended", { state: "ended" }],
    ["not begun", { from: "2026-03-16" }],
    ["over", { until: "2026-03-14" }],
    ["suspended", suspended("2026-03-15")],
  ] as const)("hold no office that is %s", async (_, changes) => {
    await project(db, office("giulia", "Comune", "district_council", { district: "2", ...changes }));
    expect(await rolesHeld("giulia")).toEqual([]);
  });

  it("come back when a suspension lapses, with their district", async () => {
    const changes = { district: "2", ...suspended("2026-03-14") };
    await project(db, office("giulia", "Comune", "district_council", changes));
    expect(await rolesHeld("giulia")).toMatchObject([{ role: "district_council", district: 2 }]);
  });
});

describe("proposing an office", () => {
  const terms = { person: "giulia", role: "treasurer", from: "2026-03-15", act } as const;

  it("queues what the register takes, once", async () => {
    const command = randomUUID();
    await proposeOffice(comune, { ...terms, until: "2026-12-31" }, command);
    await proposeOffice(comune, { ...terms, until: "2026-12-31" }, command);
    expect(await db.outboxItem.findMany()).toMatchObject([
      {
        ...{ id: command, transaction: "offices:propose", person: "valeria", role: "administrator" },
        input: { person: "giulia", role: "treasurer", organisation: "Comune", until: "2026-12-31" },
      },
    ]);
  });

  it.each([
    ["oneself", { person: "valeria" }, "person_concerned"],
    ["a role of another organisation", { role: "guarantor" }, "role_not_yours"],
    ["an end before the beginning", { until: "2026-03-14" }, "dates_out_of_order"],
    ["an end that has passed", { from: "2026-01-01", until: "2026-03-14" }, "date_past"],
    ["somebody of another organisation", { person: "maria", role: "assessor" }, "other_organisation"],
    ["an incompatible role", { person: "carla" }, "incompatible_roles"],
    [
      "a substitute without an end",
      { substituteFor: "carla-responsible_officer" },
      "substitute_other_office",
    ],
    [
      "a substitute for oneself",
      {
        person: "carla",
        role: "responsible_officer",
        substituteFor: "carla-responsible_officer",
        until: "2026-06-01",
      },
      "person_concerned",
    ],
    [
      "a substitute beyond the office",
      { role: "responsible_officer", substituteFor: "carla-responsible_officer", until: "2027-01-01" },
      "substitute_dates",
    ],
  ] as const)("refuses %s", async (_, changes, code) => {
    await project(
      db,
      official("carla", "Comune"),
      office("carla", "Comune", "responsible_officer", { until: "2026-06-30" }),
    );
    await expect(proposeOffice(comune, { ...terms, ...changes }, randomUUID())).rejects.toMatchObject({
      code,
    });
    expect(await db.outboxItem.count()).toBe(0);
  });

  it("refuses all of it where no register is", async () => {
    const { founding: _, ...unfounded } = foundedTorino()[1];
    await project(db, ["municipality", unfounded]);
    await expect(proposeOffice(comune, terms, randomUUID())).rejects.toMatchObject({ code: "not_founded" });
  });
});

describe("deciding about an office", () => {
  const proposed = { state: "proposed", proposedBy: comune, confirmedOn: undefined } as const;
  const id = "giulia-treasurer";
  beforeEach(() =>
    project(
      db,
      official("giulia", "Comune"),
      withoutUndefined(office("giulia", "Comune", "treasurer", proposed)),
    ),
  );

  it("is for another organisation, another person, and not for the one concerned", async () => {
    const refused = [
      [actor("bruno", "Comune", "administrator"), "same_organisation"],
      [actor("giulia", "Garanti", "guarantor"), "person_concerned"],
      [actor("valeria", "Garanti", "guarantor"), "same_person"],
    ] as const;
    for (const [by, code] of refused)
      await expect(confirmOffice(by, id, randomUUID())).rejects.toMatchObject({ code });
    await confirmOffice(garanti, id, randomUUID());
    expect(await db.outboxItem.findMany()).toMatchObject([
      { transaction: "offices:confirm", person: "irene" },
    ]);
  });

  it("takes no confirmation of an organisation that shares an origin, unless in a trial", async () => {
    const [, record] = foundedTorino();
    const organisations = (record.organisations ?? []).map((one) => ({
      ...one,
      ...(one.part === "Garanti" && { origin: "https://comune.example" }),
    }));
    await project(db, ["municipality", { ...record, organisations }]);
    await expect(confirmOffice(garanti, id, randomUUID())).rejects.toMatchObject({
      code: "same_organisation",
    });
    await project(db, ["municipality", { ...record, organisations, trial: true }]);
    await confirmOffice(garanti, id, randomUUID());
  });

  it("shows it to those who can confirm it and to those who can take it back", async () => {
    const ids = async (person: string) => {
      const tasks = await registerTasks(here, await viewer(person));
      return [tasks?.toConfirm.map((row) => row.id), tasks?.administration?.proposals.map((row) => row.id)];
    };
    expect(await ids("irene")).toEqual([[id], []]);
    expect(await ids("maria")).toEqual([[id], undefined]);
    expect(await ids("valeria")).toEqual([[], [id]]);
    expect(await registerTasks(here, await viewer("giulia"))).toBeUndefined();
    await withdrawOffice(comune, id, randomUUID());
    await expect(withdrawOffice(garanti, id, randomUUID())).rejects.toMatchObject({ code: "not_own" });
  });

  it("suspends one's own people alone, never the last administrator", async () => {
    await project(db, office("giulia", "Comune", "treasurer"));
    const suspend = (by: typeof comune, which: string) => suspendOffice(by, which, "Motivo", randomUUID());
    await expect(suspend(garanti, id)).rejects.toMatchObject({ code: "role_not_yours" });
    await expect(suspend(comune, "valeria-administrator")).rejects.toMatchObject({
      code: "person_concerned",
    });
    await suspend(comune, id);
    await suspend(comune, "bruno-administrator");
    await project(db, office("valeria", "Comune", "administrator", suspended(day)));
    await expect(suspend(comune, "bruno-administrator")).rejects.toMatchObject({
      code: "last_administrator",
    });
    await expect(
      withdrawOffice(actor("irene", "Garanti", "administrator"), "irene-administrator", randomUUID()),
    ).rejects.toMatchObject({ code: "last_administrator" });
  });

  it("ends what another organisation has suspended, within the days of the suspension", async () => {
    await project(db, office("giulia", "Comune", "treasurer", suspended(day)));
    await expect(confirmWithdrawal(comune, id, randomUUID())).rejects.toMatchObject({
      code: "same_organisation",
    });
    await confirmWithdrawal(garanti, id, randomUUID());
    await project(db, office("giulia", "Comune", "treasurer", suspended("2026-03-14")));
    await expect(confirmWithdrawal(garanti, id, randomUUID())).rejects.toMatchObject({
      code: "suspension_over",
    });
    expect((await officesIn(here)).offices.find((row) => row.id === id)?.phase).toBe("held");
  });
});

describe("a first key", () => {
  const holder = { municipality: torino, person: "giulia" };
  beforeEach(() => project(db, official("giulia", "Comune"), office("giulia", "Comune", "treasurer")));

  it("is offered by its owner, proposed by an administrator and confirmed by another organisation", async () => {
    const key = newKey();
    const { id } = key;
    await offerPasskey(holder, key);
    const making = await passkeyMaking(torino, await viewer("giulia"));
    expect(making).toMatchObject({ founding, rpId: "comune.example", known: [key.credential] });
    const code = await passkeyCode({ founding, person: "giulia", ...key, rpId: "comune.example" });
    const offered = (await registerTasks(here, await viewer("valeria")))?.administration?.keysToPropose ?? [];
    expect(await passkeyCode(offered[0]?.facts ?? expect.fail())).toBe(code);

    await expect(proposePasskey(comune, id, "0".repeat(64), randomUUID())).rejects.toMatchObject({
      code: "code_differs",
    });
    await expect(proposePasskey(garanti, id, code, randomUUID())).rejects.toMatchObject({
      code: "role_not_yours",
    });
    const colleague = actor("bruno", "Comune", "treasurer");
    await expect(proposePasskey(colleague, id, code, randomUUID())).rejects.toMatchObject({
      code: "not_own",
    });
    await proposePasskey(comune, id, code, randomUUID());
    expect(await db.outboxItem.findFirst()).toMatchObject({
      ...{ transaction: "passkeys:propose", person: "valeria" },
      input: { person: "giulia", credential: key.credential, spki: key.spki, algorithm: -7, code },
    });

    await project(db, proposedKey(key, code));
    const waiting = (await registerTasks(here, await viewer("maria")))?.keysToConfirm ?? [];
    expect(waiting).toMatchObject([{ id, name: "giulia", proposedBy: { person: "valeria" } }]);
    expect(await passkeyCode(waiting[0]?.facts ?? expect.fail())).toBe(code);
    const other = await passkeyCode({ founding, person: "giulia", ...newKey(), rpId: "comune.example" });
    await expect(confirmPasskey(garanti, id, other, randomUUID())).rejects.toMatchObject({
      code: "code_differs",
    });
    await expect(confirmPasskey(comune, id, code, randomUUID())).rejects.toMatchObject({
      code: "same_organisation",
    });
    await expect(
      confirmPasskey(actor("luca", "Case", "coordinator"), id, code, randomUUID()),
    ).rejects.toMatchObject({ code: "not_allowed" });
    await confirmPasskey(garanti, id, code, randomUUID());
  });

  it("waits for the administrators of its owner's organisation, and for nobody else there", async () => {
    await project(db, official("carla", "Comune"), office("carla", "Comune", "councillor"));
    const key = newKey();
    await offerPasskey(holder, key);
    const waits = async (person: string) =>
      (await waitingFor(torino, await viewer(person))).items.map((item) => [item.transaction, item.id]);
    expect(await waits("valeria")).toEqual([["passkeys:propose", key.id]]);
    expect(await waits("carla")).toEqual([]);
    expect(await waits("irene")).toEqual([]);
  });

  it("is nothing for whoever is not in the register, nor a key of another kind than it says", async () => {
    await expect(offerPasskey({ municipality: torino, person: "dora" }, newKey())).rejects.toMatchObject({
      code: "not_in_register",
    });
    await expect(offerPasskey(holder, { ...newKey(), algorithm: -257 })).rejects.toMatchObject({
      code: "key_not_accepted",
    });
    await expect(offerPasskey(holder, { ...newKey(), spki: "AAAA" })).rejects.toMatchObject({
      code: "key_not_accepted",
    });
    expect(await passkeyMaking(torino, await viewer("dora"))).toBeUndefined();
    expect(await db.passkeyOffer.count()).toBe(0);
  });

  it("is not taken over by somebody who sends the same credential", async () => {
    const key = newKey();
    await offerPasskey(holder, key);
    await expect(
      offerPasskey({ ...holder, person: "bruno" }, { ...newKey(), credential: key.credential }),
    ).rejects.toMatchObject({ code: "passkey_known" });
    expect(await db.passkeyOffer.findMany()).toMatchObject([{ person: "giulia", spki: key.spki }]);
  });

  it("is discarded by who offered it, and by nobody else", async () => {
    const key = newKey();
    const { id } = key;
    await offerPasskey(holder, key);
    await expect(discardPasskey({ ...holder, person: "valeria" }, id)).rejects.toMatchObject({
      code: "passkey_not_found",
    });
    expect(await db.passkeyOffer.count()).toBe(1);
    await discardPasskey(holder, id);
    expect(await db.passkeyOffer.count()).toBe(0);
  });

  it("of a party is proposed by a witness who is somebody else than its owner", async () => {
    const party = { municipality: torino, person: "dora" };
    const evidence = { record: {}, transactionId: "0".repeat(64), block: 1n };
    await db.chainSubject.create({
      data: {
        ...{ municipality: torino, id: "subject", kind: "person", representative: "dora", eligible: true },
        ...{ digest: "0".repeat(64), ...evidence },
      },
    });
    const key = newKey();
    await offerPasskey(party, key);
    const code = await passkeyCode({ founding, person: "dora", ...key, rpId: "comune.example" });
    const propose = (person: string, role: Role) =>
      proposePasskey(actor(person, "Comune", role), key.id, code, randomUUID());
    await expect(propose("dora", "administrator")).rejects.toMatchObject({ code: "person_concerned" });
    await expect(propose("bruno", "treasurer")).rejects.toMatchObject({ code: "role_not_yours" });
    await propose("bruno", "administrator");
    expect(await db.outboxItem.findMany()).toMatchObject([
      { transaction: "passkeys:propose", input: { person: "dora", resident: true } },
    ]);
  });

  it("is withdrawn by its owner or an administrator of the owner's organisation", async () => {
    const key = newKey();
    await project(db, proposedKey(key, "0".repeat(64)));
    await expect(withdrawPasskey(garanti, key.id, randomUUID())).rejects.toMatchObject({ code: "not_own" });
    await withdrawPasskey(comune, key.id, randomUUID());
    await withdrawPasskey(actor("giulia", "Comune", "treasurer"), key.id, randomUUID());
    expect(await db.outboxItem.count({ where: { transaction: "passkeys:withdraw" } })).toBe(2);
  });

  it("of a party is withdrawn by them as a resident, whatever office they have come into without a key", async () => {
    const key = newKey();
    const [type, record] = proposedKey(key, "0".repeat(64));
    await project(db, [type, { ...record, resident: true }]);
    await withdrawPasskey(actor("giulia", "Comune", "treasurer"), key.id, randomUUID());
    expect(await db.outboxItem.findMany()).toMatchObject([
      { transaction: "passkeys:withdraw", person: "giulia", role: "resident", by: "resident" },
    ]);
  });

  it("is no longer an offer once it is in the register, and is gone when its person is erased", async () => {
    const key = newKey();
    await offerPasskey(holder, key);
    await project(db, proposedKey(key, "0".repeat(64)));
    expect((await keysIn(torino, { person: "giulia" })).keys.map(({ phase }) => phase)).toEqual(["proposed"]);
    await expect(erasePerson("giulia")).rejects.toMatchObject({ code: "erasure_office" });
    await project(db, office("giulia", "Comune", "treasurer", { state: "ended" }));
    await erasePerson("giulia");
    expect(await db.passkeyOffer.count()).toBe(0);
    expect((await db.person.findUnique({ where: { id: "giulia" } }))?.displayName).toBe("giulia");
  });
});

describe("what is stuck", () => {
  it("waits for roles in which nobody can act: without a key that counts an office cannot", async () => {
    await project(
      db,
      withoutUndefined(
        office("giulia", "Comune", "treasurer", {
          state: "proposed",
          proposedBy: comune,
          confirmedOn: undefined,
        }),
      ),
    );
    const none = await stuckIn(torino);
    expect(none.vacant).toContainEqual({ organisation: "Garanti", role: "guarantor" });
    expect(none.items).toMatchObject([{ transaction: "offices:confirm", id: "giulia-treasurer" }]);
    await project(db, ["passkey", { ...proposedKey(newKey(), "0".repeat(64), "maria")[1], ...counting }]);
    const one = await stuckIn(torino);
    expect(one.vacant).not.toContainEqual({ organisation: "Garanti", role: "guarantor" });
    expect(one.items).toEqual([]);
  });
});

const counting = { state: "counting", countsFrom: day } as const;

function suspended(until: string): Pick<RecordOf<"office">, "state" | "suspension"> {
  return {
    state: "suspended",
    suspension: { by: comune, on: "2026-03-08", until, reasonDigest: "0".repeat(64) },
  };
}

/** JSON has no undefined: what is not there is left out. */
function withoutUndefined<Row>(row: Row): Row {
  return JSON.parse(JSON.stringify(row)) as Row;
}

async function viewer(id: string) {
  return { id, name: id, language: "it" as const, roles: await rolesHeld(id) };
}

function newKey() {
  const bytes = randomBytes(16);
  const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const credential = bytes.toString("base64url");
  const spki = publicKey.export({ format: "der", type: "spki" }).toString("base64");
  return { id: createHash("sha256").update(bytes).digest("hex"), credential, spki, algorithm: -7 as const };
}

function proposedKey(
  { id, credential, spki, algorithm }: ReturnType<typeof newKey>,
  code: string,
  person = "giulia",
): readonly ["passkey", RecordOf<"passkey">] {
  return [
    "passkey",
    {
      ...{ municipality: torino, id, person, credential, spki, algorithm },
      ...{ organisation: person === "maria" ? "Garanti" : "Comune", rpId: "comune.example" },
      ...{ state: "proposed", proposedOn: day, confirmations: [{ by: comune, on: day, code }] },
    },
  ];
}
