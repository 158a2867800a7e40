import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { bindingNames } from "../../../protocol/transactions/binding";
import { ActsCity } from "../../testing/acts-city";
import { Authenticator } from "../../testing/authenticator";
import { digest } from "../../testing/keys";
import { pactAct, withDraft } from "../../testing/pact-story";
import { residentPasskey, withPartyKeys } from "../../testing/party-keys";
import { people, torino } from "../../testing/people";
import { administrators, keyOf, passkeyId } from "../../testing/register";

const { resident, coordinator, guarantor, district } = people;
let approved: ActsCity;

beforeAll(async () => {
  approved = await ActsCity.ofTheStory();
  await withDraft(approved);
  await approved.submit(people.giunta, "pacts:approveGiunta", { id: "pact-garden", act: pactAct("pact") });
});

const signature = { id: "pact-garden", party: "friends", version: 1, documentHash: digest("pact v1") };
const whole = () => ({ command: randomUUID(), municipality: torino, ...signature });

test("a party signs with a key that two organisations compared", async () => {
  const city = approved.clone();
  const { event } = await city.submit(resident, "pacts:sign", signature);
  expect(city.record("pact", "pact-garden").signatures).toMatchObject([
    { party: "friends", person: resident.person, means: "passkey" },
  ]);
  expect(event).toMatchObject({
    actor: { ...resident, organisation: "Comune" },
    signed: { passkey: passkeyId(keyOf(resident.person)) },
  });
});

test("nobody vouches for what binds a party", async () => {
  const city = approved.clone();
  for (const name of bindingNames) {
    const argument = { by: "resident", person: resident.person, input: whole() };
    const { code } = await city.refusedText(resident, name, JSON.stringify(argument));
    expect(code, name).toBe("party_signature_needed");
  }
});

test("a resident's key signs nothing that does not bind them, and nothing of an office", async () => {
  const city = approved.clone();
  const refused = async (name: "proposals:withdraw" | "pacts:sign", act: object) => {
    const honest = city.act(resident, name, whole());
    const { code } = await city.refusedText(
      resident,
      name,
      JSON.stringify(city.signed({ ...honest, ...act })),
    );
    return code;
  };
  expect(await refused("proposals:withdraw", {})).toBe("wrong_role");
  expect(await refused("pacts:sign", { role: "coordinator" })).toBe("key_not_counting");
});

test("a key is proposed by a witness, and confirmed by one of another organisation who compared the code", async () => {
  const city = approved.clone();
  const key = new Authenticator();
  const passkey = residentPasskey(resident.person, key);
  const id = passkeyId(key);
  const { code } = passkey;
  expect(await city.refusal(people.officer, "passkeys:propose", passkey)).toBe("wrong_role");
  const own = { ...coordinator, person: resident.person };
  expect(await city.refusal(own, "passkeys:propose", passkey)).toBe("key_not_counting");
  const other = { ...passkey, code: digest("other") };
  expect(await city.refusal(coordinator, "passkeys:propose", other)).toBe("code_differs");
  await city.submit(coordinator, "passkeys:propose", passkey);
  expect(await city.refusal(coordinator, "passkeys:confirm", { id, code })).toBe("same_organisation");
  expect(await city.refusal(administrators.Case, "passkeys:confirm", { id, code })).toBe("same_organisation");
  await city.submit(district, "passkeys:confirm", { id, code });
  expect(city.record("passkey", id)).toMatchObject({
    state: "counting",
    resident: true,
    organisation: "Comune",
  });
});

test("keys of people in office stay for administrators and guarantors to confirm", async () => {
  const city = approved.clone();
  const key = new Authenticator();
  const { person } = people.officer;
  const code = city.code(people.officer, key);
  const { resident: _, ...passkey } = { ...residentPasskey(person, key), code };
  await city.submit(administrators.Comune, "passkeys:propose", passkey);
  expect(await city.refusal(coordinator, "passkeys:confirm", { id: passkeyId(key), code })).toBe(
    "wrong_role",
  );
  await city.submit(guarantor, "passkeys:confirm", { id: passkeyId(key), code });
});

test("a lost key is withdrawn by its owner through the Comune, or by a witness, and by no other resident", async () => {
  const city = approved.clone();
  const id = passkeyId(keyOf(resident.person));
  expect(await city.refusal(people.neighbour, "passkeys:withdraw", { id })).toBe("not_own");
  expect(await city.refusal(people.officer, "passkeys:withdraw", { id })).toBe("not_own");
  const office = passkeyId(keyOf(coordinator.person));
  const vouched = { ...resident, person: coordinator.person };
  expect(await city.refusal(vouched, "passkeys:withdraw", { id: office })).toBe("not_own");
  await city.clone().submit(guarantor, "passkeys:withdraw", { id });
  await city.submit(resident, "passkeys:withdraw", { id });
  expect(await city.refusal(resident, "pacts:sign", signature)).toBe("key_withdrawn");
});

test("a resident has so many keys and no more", async () => {
  const city = approved.clone();
  for (let more = 0; more < 9; more += 1)
    await city.submit(coordinator, "passkeys:propose", residentPasskey(resident.person, new Authenticator()));
  const one = residentPasskey(resident.person, new Authenticator());
  expect(await city.refusal(coordinator, "passkeys:propose", one)).toBe("too_many");
  await city.submit(resident, "passkeys:withdraw", { id: passkeyId(keyOf(resident.person)) });
  await city.submit(coordinator, "passkeys:propose", one);
});

test("whoever comes into office keeps their key as a resident, and needs another for the office", async () => {
  const city = approved.clone();
  await withPartyKeys(city, [{ person: "zoe-resident" }]);
  const office = { ...district, person: "zoe-resident" };
  await city.submit(administrators.Comune, "offices:propose", {
    ...{ id: "office-zoe", person: office.person, organisation: "Comune", role: "district_council" },
    ...{ from: "2026-02-06", act: pactAct("appointment") },
  });
  await city.submit(guarantor, "offices:confirm", { id: "office-zoe" });
  await city.advanceTo("2026-02-07");
  const document = { id: "document-1", kind: "other" as const, hash: digest("document") };
  expect(await city.refusal(office, "documents:record", document)).toBe("key_not_counting");
});
