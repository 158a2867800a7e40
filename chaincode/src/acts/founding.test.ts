import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { canonicalJson } from "../../../protocol/canonical-json";
import type { TransactionName } from "../../../protocol/transactions";
import { RECORD_VERSION } from "../../../protocol/upgrade";
import { ActsCity, program } from "../../testing/acts-city";
import { City } from "../../testing/city";
import { digest } from "../../testing/keys";
import type { MemoryState } from "../../testing/memory-state";
import { withOrdered } from "../../testing/pact-story";
import { people, torino } from "../../testing/people";
import { recovery, successor } from "../../testing/refusals/founding";
import {
  administrators,
  founding,
  foundingInput,
  introduction,
  keyOf,
  originOf,
  register,
  signers,
  storyFounding,
} from "../../testing/register";
import { signedBy } from "../../testing/signed-acts";

const outcome = { reference: "CRO 1", on: "2026-02-16", documentHash: digest("receipt") };

/** The story as far as an ordered payment, on a chain that began with certificates and has no register. */
async function ofCertificates(): Promise<MemoryState> {
  const city = await City.after(withOrdered);
  const old = city.state.without(["official", "office", "passkey", "administrators"]);
  const { founding: _, organisations: __, ...record } = city.record("municipality", torino);
  const writing = old.simulate();
  await writing.put([torino, "municipality", torino], canonicalJson(record));
  old.commit(writing);
  return old;
}

/** The register of such a municipality. */
async function introduced(state: MemoryState, input = introduction()): Promise<ActsCity> {
  const own = new ActsCity(state);
  await own.carried("municipality:introduceRegister", { by: "service", input });
  return own;
}

test("founding keeps who the organisations are and gives the first offices and keys at once", async () => {
  const city = await ActsCity.founded();
  const { organisations, ...record } = city.record("municipality", torino);
  expect(record).toMatchObject({ founding, name: "Torino" });
  expect(organisations?.map(({ mspId }) => mspId)).toEqual(["CittaMSP", "ReteMSP", "GaranteMSP"]);
  await city.submit(people.officer, "documents:record", {
    id: "document-1",
    kind: "act",
    hash: digest("act"),
  });
});

test("a chain that began with certificates is founded once, and a payment half way is paid by an act", async () => {
  const before = await ofCertificates();
  const payment = new City(before).record("payment", "payment-1");
  const city = await introduced(before);
  expect(city.record("municipality", torino)).toMatchObject({ founding, name: "Torino", trial: true });
  const { event } = await city.submit(people.treasurer, "payments:recordPaid", {
    id: "payment-1",
    ...outcome,
  });
  expect(city.record("payment", "payment-1")).toMatchObject({
    ...payment,
    state: "paid",
    outcome: expect.anything(),
    schema: RECORD_VERSION,
  });
  expect(event.signed).toBeDefined();
  const again = { by: "service", input: { ...introduction(), command: randomUUID() } };
  const refused = await city.refusedText(
    people.service,
    "municipality:introduceRegister",
    JSON.stringify(again),
  );
  expect(refused.code).toBe("already_founded");
});

test("what somebody did by certificate counts as theirs: who ordered a payment does not record its outcome", async () => {
  const before = await ofCertificates();
  const treasurer = { ...people.officer, role: "treasurer" } as const;
  const own = signers.filter(({ person }) => person !== treasurer.person);
  const city = await introduced(before, introduction(register(originOf, [...own, treasurer])));
  expect(await city.refusal(treasurer, "payments:recordPaid", { id: "payment-1", ...outcome })).toBe(
    "same_person",
  );
});

test("on a chain that began with certificates nobody and nothing acts until it has a register", async () => {
  const city = new ActsCity(await ofCertificates());
  const outcomeOf = { command: randomUUID(), municipality: torino, id: "payment-1", ...outcome };
  const day = { command: randomUUID(), municipality: torino, day: "2026-03-01" };
  const refused = async (name: TransactionName, argument: object, submitter = city.submitter) => {
    city.submitter = submitter;
    return (await city.refusedText(people.service, name, JSON.stringify(argument))).code;
  };
  const { organisation: _, ...treasurer } = people.treasurer;
  const certificate = { mspId: "ComuneMSP", ...treasurer };
  const act = city.act(people.treasurer, "payments:recordPaid", outcomeOf);
  const signed = signedBy(keyOf(treasurer.person), act, { origin: originOf.Comune, rpId: "comune.example" });
  expect(await refused("payments:recordPaid", outcomeOf, certificate)).toBe("not_founded");
  expect(await refused("payments:recordPaid", { by: "service", input: outcomeOf }, certificate)).toBe(
    "not_founded",
  );
  expect(await refused("payments:recordPaid", signed, program("Comune"))).toBe("not_founded");
  expect(await refused("municipality:advanceDay", { by: "service", input: day })).toBe("not_founded");
  // Nor is it founded as if it had not begun: what it is stands already.
  expect(await refused("municipality:found", { by: "service", input: storyFounding() })).toBe(
    "already_exists",
  );
  const founded = await introduced(city.state);
  await founded.carried("municipality:advanceDay", { by: "service", input: day });
});

test("certificates of people are no carriers once a municipality is founded", async () => {
  const city = await introduced(await ofCertificates());
  const { organisation: _, ...administrator } = people.administrator;
  city.submitter = { mspId: "CittaMSP", ...administrator };
  const input = { command: randomUUID(), municipality: torino, day: "2026-03-01" };
  const advance = (argument: object) =>
    city.refusedText(people.service, "municipality:advanceDay", JSON.stringify(argument));
  expect(await advance(input)).toMatchObject({ code: "invalid_input", params: { path: "by" } });
  expect((await advance({ by: "service", input })).code).toBe("wrong_carrier");
});

test("an organisation whose administrators are lost has new ones after seven public days", async () => {
  const city = await ActsCity.founded();
  await city.carried("recovery:propose", { by: "service", input: recovery() });
  expect(city.record("recovery", "recovery-1")).toMatchObject({
    ...{ state: "proposed", signedBy: ["Comune", "Garanti"], completesFrom: "2026-01-08" },
  });
  await city.advanceTo("2026-01-08");
  const input = { command: randomUUID(), municipality: torino, id: "recovery-1" };
  await city.carried("recovery:complete", { by: "service", input });
  await city.advanceTo("2026-01-09");
  const square = { kind: "square", digest: digest("square") } as const;
  await city.submit(successor, "commons:register", { id: "commons-1", ...square });
  expect(await city.refusal(administrators.Case, "commons:register", { id: "commons-2", ...square })).toBe(
    "not_in_office",
  );
});

test("two organisations that share an origin do not count as two, except in a trial", async () => {
  const shared = register({ ...originOf, Garanti: originOf.Comune });
  const city = await ActsCity.founded(foundingInput({ register: shared }));
  const { settings } = city.record("municipality", torino);
  const changed = { ...settings, leastAge: 18 };
  const act = {
    kind: "delibera",
    number: "1",
    date: "2026-01-01",
    body: "Consiglio",
    file: digest("act"),
  } as const;
  await city.submit(administrators.Comune, "municipality:proposeSettings", { settings: changed, act });
  expect(await city.refusal(people.guarantor, "municipality:confirmSettings", { settings: changed })).toBe(
    "same_organisation",
  );
  await city.submit(administrators.Case, "municipality:confirmSettings", { settings: changed });

  const trial = await ActsCity.founded(foundingInput({ register: shared, trial: true }));
  await trial.submit(administrators.Comune, "municipality:proposeSettings", { settings: changed, act });
  await trial.submit(people.guarantor, "municipality:confirmSettings", { settings: changed });
});

test("in a trial the port of an origin is ignored and keys of the trial's signer count", async () => {
  const origin = "http://localhost:3000";
  const given = register({ Comune: origin, Case: origin, Garanti: origin });
  const passkeys = given.passkeys.map((one) => ({ ...one, trial: true }));
  const city = await ActsCity.founded(foundingInput({ register: { ...given, passkeys }, trial: true }));
  const input = {
    command: randomUUID(),
    municipality: torino,
    id: "document-1",
    kind: "act",
    hash: digest("act"),
  };
  const signed = city.act(people.officer, "documents:record", input);
  await city.carried("documents:record", city.signed(signed, { said: { origin: "http://localhost:4321" } }));
});
