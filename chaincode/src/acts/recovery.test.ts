import { createHash, randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import type { Organisation } from "../../../protocol/primitives";
import { ActsCity } from "../../testing/acts-city";
import { Authenticator } from "../../testing/authenticator";
import { act } from "../../testing/founding-inputs";
import { people, person, torino } from "../../testing/people";
import { recovery, successor } from "../../testing/refusals/founding";
import { administrators, keyOf, mspOf, officeOf, passkeyId, passkeyOf } from "../../testing/register";
import { recoveryKeyEntry } from "../domain/recovery-keys";

type Plan = NonNullable<Parameters<typeof recovery>[0]>;

let city: ActsCity;
beforeEach(async () => {
  city = await ActsCity.founded();
});

const propose = (plan: Plan) => city.carried("recovery:propose", { by: "service", input: recovery(plan) });
const complete = () =>
  city.carried("recovery:complete", {
    ...{ by: "service", input: { command: randomUUID(), municipality: torino, id: "recovery-1" } },
  });
const organisation = (part: Organisation) =>
  city.record("municipality", torino).organisations?.find((one) => one.part === part);
const lost = administrators.Case;
const lostKey = passkeyId(keyOf(lost.person));
const origin = "https://new-case.example";

describe("a recovery that has come to its day", () => {
  test("ends offices and keys, enters the new ones, and gives the organisation its new origin and recovery key", async () => {
    const fresh = new Authenticator();
    const fingerprint = createHash("sha256").update(Buffer.from(fresh.spki, "base64")).digest("hex");
    city.recoveryKeys = new Set([...city.recoveryKeys, recoveryKeyEntry(mspOf.Case, fingerprint)]);
    await city.submit(lost, "municipality:proposeOrigin", {
      ...{ origin: "https://thief.example", act: act("domain") },
    });
    await city.submit(people.guarantor, "municipality:confirmOrigin", {
      ...{ part: "Case", origin: "https://thief.example" },
    });
    await propose({ origin, recoveryKey: fresh.spki, withdrawPasskeys: [lostKey] });
    await city.advanceTo("2026-01-08");
    await complete();
    const own = organisation("Case");
    expect(own).toMatchObject({ origin, recoveryKey: fresh.spki });
    expect(own?.newOrigin).toBeUndefined();
    expect(organisation("Comune")?.origin).not.toBe(origin);
    expect(city.record("passkey", lostKey)).toMatchObject({ state: "withdrawn", withdrawnOn: "2026-01-08" });
    expect(city.record("office", officeOf(lost).id).state).toBe("ended");
    expect(city.record("office", officeOf(successor).id).state).toBe("held");
    expect(city.record("passkey", passkeyId(keyOf(successor.person)))).toMatchObject({
      ...{ state: "counting", countsFrom: "2026-01-09", rpId: "new-case.example" },
    });
    expect(city.record("recovery", "recovery-1")).toMatchObject({
      state: "completed",
      endedOn: "2026-01-08",
    });
  });

  test("leaves the origins as they are where it names none", async () => {
    const before = organisation("Case");
    await city.submit(lost, "municipality:proposeOrigin", { origin, act: act("domain") });
    await city.submit(people.guarantor, "municipality:confirmOrigin", { part: "Case", origin });
    await propose({});
    await city.advanceTo("2026-01-08");
    await complete();
    expect(organisation("Case")).toEqual({ ...before, newOrigin: origin });
  });

  test("passes over what has ended meanwhile", async () => {
    await propose({ withdrawPasskeys: [lostKey] });
    await city.submit(lost, "passkeys:withdraw", { id: lostKey });
    await city.advanceTo("2026-01-08");
    await complete();
    expect(city.record("passkey", lostKey)).toMatchObject({ state: "withdrawn", withdrawnOn: "2026-01-01" });
  });

  test("is too early by a day, and says from which", async () => {
    await propose({});
    await city.advanceTo("2026-01-07");
    await expect(complete()).rejects.toMatchObject({ code: "too_early", params: { day: "2026-01-08" } });
  });

  const elsewhere = people.officer.person;
  test.each<[string, Plan]>([
    ["endOffices", { endOffices: [officeOf(people.officer).id] }],
    ["withdrawPasskeys", { withdrawPasskeys: [passkeyId(keyOf(elsewhere))] }],
    ["passkeys", { passkeys: [passkeyOf(elsewhere, keyOf("another key"))] }],
  ])("does nothing where its %s are of another organisation", async (path, plan) => {
    await propose(plan);
    await city.advanceTo("2026-01-08");
    await expect(complete()).rejects.toMatchObject({ code: "invalid_input", params: { path } });
  });
});

describe("a recovery is not proposed", () => {
  const stranger = officeOf(person("xeno-officer", "responsible_officer", "Comune"));
  const ofResident = { ...passkeyOf("resident", keyOf("resident's key")), resident: true as const };
  test.each<[string, Plan, object]>([
    [
      "with an office of another organisation beside its own",
      { offices: [officeOf(successor), stranger] },
      { path: "offices" },
    ],
    [
      "with a resident's key beside its own",
      { passkeys: [passkeyOf(successor.person), ofResident] },
      { path: "passkeys" },
    ],
  ])("%s", async (_, plan, params) => {
    await expect(propose(plan)).rejects.toMatchObject({ code: "invalid_input", params });
  });

  test("with localhost as an origin, outside a trial", async () => {
    await expect(propose({ origin: "http://localhost:3000" })).rejects.toMatchObject({
      ...{ code: "origin_not_allowed", params: { origin: "http://localhost:3000" } },
    });
  });
});

describe("a new origin", () => {
  const proposing = (given: string) =>
    city.submit(lost, "municipality:proposeOrigin", { origin: given, act: act("domain") });
  const confirming = () =>
    city.submit(people.guarantor, "municipality:confirmOrigin", { part: "Case", origin });

  test("is not the one there is, nor a third while one is changing", async () => {
    const now = organisation("Case")?.origin ?? "";
    const refused = (given: string) => ({ code: "origin_not_allowed", params: { origin: given } });
    await expect(proposing(now)).rejects.toMatchObject(refused(now));
    await proposing(origin);
    await confirming();
    await expect(proposing("https://third.example")).rejects.toMatchObject(refused("https://third.example"));
  });

  test("is not confirmed where nobody has proposed one", async () => {
    await expect(confirming()).rejects.toMatchObject({
      code: "not_found",
      params: { type: "origin", id: "Case" },
    });
  });

  test("takes the place of the old one only where that is the one given up, and one is changing", async () => {
    const retire = (given: string) => city.submit(lost, "municipality:retireOrigin", { origin: given });
    const now = organisation("Case")?.origin ?? "";
    await expect(retire(now)).rejects.toMatchObject({ code: "origin_differs" });
    await proposing(origin);
    await confirming();
    await expect(retire(origin)).rejects.toMatchObject({ code: "origin_differs" });
    await expect(retire(now)).rejects.toMatchObject({ code: "origin_not_allowed", params: { origin: now } });
  });
});
