import { beforeAll, describe, expect, test } from "vitest";
import { ActsCity } from "../../testing/acts-city";
import { act } from "../../testing/founding-inputs";
import { digest } from "../../testing/keys";
import { people } from "../../testing/people";
import { appointed, keyProposed, newcomer, withKey } from "../../testing/refusals/register";
import { administrators, keyOf, officeOf, passkeyId, passkeyOf } from "../../testing/register";

let founded: ActsCity;

beforeAll(async () => {
  founded = await ActsCity.founded();
});

const record = (id: string) => ({ id, kind: "other" as const, hash: digest(id) });

describe("offices", () => {
  test("somebody whom two organisations appointed acts once their key counts, and their offices are on the record", async () => {
    const city = founded.clone();
    await appointed(city);
    await withKey(city, newcomer);
    await city.submit(newcomer, "documents:record", record("document-1"));
    expect(city.record("document", "document-1").recordedBy).toEqual(newcomer);
    expect(city.record("office", officeOf(newcomer).id)).toMatchObject({
      ...{ state: "held", proposedBy: administrators.Comune, confirmedBy: administrators.Case },
    });
    expect(city.record("official", newcomer.person)).toMatchObject({
      ...{ organisation: "Comune", offices: [{ id: officeOf(newcomer).id, role: "technical_office" }] },
    });
  });

  test("one's own office ends at once", async () => {
    const city = founded.clone();
    const { id } = officeOf(people.technician);
    await city.submit(people.technician, "offices:withdraw", { id });
    expect(city.record("office", id)).toMatchObject({ state: "ended", endedBy: people.technician });
    expect(city.record("official", people.technician.person).offices).toEqual([]);
  });

  test("a suspension holds for seven days and lapses by itself", async () => {
    const city = founded.clone();
    const { id } = officeOf(people.technician);
    await city.submit(administrators.Comune, "offices:suspend", { id, reasonDigest: digest("why") });
    await city.advanceTo("2026-01-08");
    expect(await city.refusal(people.technician, "documents:record", record("document-1"))).toBe(
      "not_in_office",
    );
    await city.advanceTo("2026-01-09");
    await city.submit(people.technician, "documents:record", record("document-1"));
  });

  test("a suspension that another organisation confirms ends the office", async () => {
    const city = founded.clone();
    const { id } = officeOf(people.technician);
    await city.submit(administrators.Comune, "offices:suspend", { id, reasonDigest: digest("why") });
    await city.submit(people.guarantor, "offices:confirmWithdrawal", { id });
    expect(city.record("office", id)).toMatchObject({ state: "ended", endedBy: people.guarantor });
  });

  test("an organisation takes back what it only proposed", async () => {
    const city = founded.clone();
    await city.submit(administrators.Comune, "offices:propose", officeOf(newcomer));
    await city.submit(administrators.second, "offices:withdraw", { id: officeOf(newcomer).id });
    expect(city.record("official", newcomer.person).offices).toEqual([]);
  });

  test("an administrator goes once there is another one", async () => {
    const city = founded.clone();
    await city.submit(administrators.Comune, "offices:withdraw", { id: officeOf(administrators.Comune).id });
    expect(city.state.get(["001272", "administrators", "Comune"])).toEqual({
      offices: [officeOf(administrators.second).id],
    });
  });

  test("a substitute acts within their days", async () => {
    const city = founded.clone();
    const officer = { ...newcomer, role: "responsible_officer" as const };
    const substitute = { substituteFor: officeOf(people.officer).id, until: "2026-01-03" };
    await appointed(city, { ...officeOf(officer), ...substitute });
    await withKey(city, officer);
    await city.submit(officer, "documents:record", record("document-1"));
    await city.advanceTo("2026-01-04");
    expect(await city.refusal(officer, "documents:record", record("document-2"))).toBe("not_in_office");
  });

  test("a small Comune lets a councillor be officer, by an act of its settings", async () => {
    const city = founded.clone();
    const settings = { ...city.record("municipality", "001272").settings, councillorAsOfficer: true };
    await city.submit(administrators.Comune, "municipality:proposeSettings", {
      settings,
      act: act("settings"),
    });
    await city.submit(people.guarantor, "municipality:confirmSettings", { settings });
    const councillor = { ...officeOf({ ...people.officer, role: "councillor" }), id: "office-councillor" };
    await appointed(city, councillor);
    expect(city.record("office", "office-councillor").state).toBe("held");
  });
});

describe("keys", () => {
  const second = keyOf("another key of the officer");
  const signWith = (city: ActsCity, id: string) => {
    const input = { command: crypto.randomUUID(), municipality: "001272", ...record(id) };
    return city.signed(city.act(people.officer, "documents:record", input), { key: second });
  };

  test("a key that two organisations compared counts from the next day", async () => {
    const city = founded.clone();
    await keyProposed(city, people.officer, second);
    const code = city.code(people.officer, second);
    await city.submit(administrators.Garanti, "passkeys:confirm", { id: passkeyId(second), code });
    expect(city.record("passkey", passkeyId(second))).toMatchObject({
      ...{ state: "counting", countsFrom: "2026-01-02", rpId: "comune.example" },
      confirmations: [
        { by: administrators.Comune, code },
        { by: administrators.Garanti, code },
      ],
    });
    await city.advanceTo("2026-01-02");
    await city.carried("documents:record", signWith(city, "document-1"));
  });

  test("with a key of one's own one confirmer of another organisation is enough", async () => {
    const city = founded.clone();
    const code = city.code(people.officer, second);
    await city.submit(people.officer, "passkeys:propose", {
      ...passkeyOf(people.officer.person, second),
      code,
    });
    await city.submit(people.guarantor, "passkeys:confirm", { id: passkeyId(second), code });
    expect(city.record("passkey", passkeyId(second)).state).toBe("counting");
  });

  test("a stolen key is withdrawn by an administrator of its owner's organisation, and never comes back", async () => {
    const city = founded.clone();
    const own = keyOf(people.officer.person);
    await city.submit(administrators.second, "passkeys:withdraw", { id: passkeyId(own) });
    expect(await city.refusal(people.officer, "documents:record", record("document-1"))).toBe(
      "key_withdrawn",
    );
    const code = city.code(people.officer, own);
    const again = { ...passkeyOf(people.officer.person, own), code };
    expect(await city.refusal(administrators.Comune, "passkeys:propose", again)).toBe("already_exists");
  });
});

test("a domain changes: keys of the new origin count beside those of the old one, then the old one goes", async () => {
  const city = founded.clone();
  const moved = keyOf("key on the new site");
  const origin = "https://case.example";
  await city.submit(administrators.Case, "municipality:proposeOrigin", { origin, act: act("domain") });
  await city.submit(people.guarantor, "municipality:confirmOrigin", { part: "Case", origin });
  const code = city.code(administrators.Case, moved);
  const { person } = administrators.Case;
  await city.submit(administrators.Case, "passkeys:propose", { ...passkeyOf(person, moved), code });
  await city.submit(people.guarantor, "passkeys:confirm", { id: passkeyId(moved), code });
  expect(city.record("passkey", passkeyId(moved)).rpId).toBe("case.example");
  await city.advanceTo("2026-01-02");

  const input = { command: crypto.randomUUID(), municipality: "001272", origin: "https://rete.example" };
  const retired = city.act(administrators.Case, "municipality:retireOrigin", input);
  await city.carried("municipality:retireOrigin", city.signed(retired, { key: moved }));
  const own = city.record("municipality", "001272").organisations?.find(({ part }) => part === "Case");
  expect(own).toMatchObject({ origin });
  expect(own?.newOrigin).toBeUndefined();
  expect(
    await city.refusal(people.coordinator, "commons:register", {
      id: "commons-1",
      kind: "square",
      digest: digest("x"),
    }),
  ).toBe("key_not_counting");
});

test("two organisations change their domains at once: neither proposal takes the place of the other's", async () => {
  const city = founded.clone();
  const propose = (part: "Case" | "Garanti", origin: string) =>
    city.submit(administrators[part], "municipality:proposeOrigin", { origin, act: act("domain") });
  await propose("Case", "https://first.example");
  await propose("Garanti", "https://third.example");
  await propose("Case", "https://case.example");
  const waiting = () =>
    city.record("municipality", "001272").proposedOrigins?.map(({ part, origin }) => [part, origin]);
  expect(waiting()).toEqual([
    ["Garanti", "https://third.example"],
    ["Case", "https://case.example"],
  ]);
  const withdrawn = { part: "Case", origin: "https://first.example" } as const;
  expect(await city.refusal(people.guarantor, "municipality:confirmOrigin", withdrawn)).toBe(
    "origin_differs",
  );
  await city.submit(people.guarantor, "municipality:confirmOrigin", {
    ...{ part: "Case", origin: "https://case.example" },
  });
  expect(waiting()).toEqual([["Garanti", "https://third.example"]]);
  await city.submit(administrators.Comune, "municipality:confirmOrigin", {
    ...{ part: "Garanti", origin: "https://third.example" },
  });
  expect(city.record("municipality", "001272")).not.toHaveProperty("proposedOrigins");
  const changing = city.record("municipality", "001272").organisations?.map(({ newOrigin }) => newOrigin);
  expect(changing).toEqual([undefined, "https://case.example", "https://third.example"]);
});

test("one gesture signs several acts, each carried with the list", async () => {
  const city = founded.clone();
  const carried = city.signedTogether(
    ["document-1", "document-2", "document-3"].map((id) => {
      const input = { command: crypto.randomUUID(), municipality: "001272", ...record(id) };
      return city.act(people.officer, "documents:record", input);
    }),
  );
  for (const one of carried) await city.carried("documents:record", one);
  expect(city.record("document", "document-3").recordedBy).toEqual(people.officer);
});
