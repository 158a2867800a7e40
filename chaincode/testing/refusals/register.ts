/** Offices and keys: nobody gets them by one organisation's word, and nobody by their own. */
import { randomUUID } from "node:crypto";
import { coseAlgorithms } from "../../../protocol/cose-algorithms";
import type { ErrorCode, ErrorParams } from "../../../protocol/errors";
import type { Actor } from "../../../protocol/primitives";
import type { TransactionName } from "../../../protocol/transactions";
import type { ActsCity } from "../acts-city";
import type { Authenticator } from "../authenticator";
import type { Input } from "../city";
import { act } from "../founding-inputs";
import { digest } from "../keys";
import { people, person, torino } from "../people";
import { administrators, keyOf, officeOf, passkeyId, passkeyOf } from "../register";
import type { ActRefusal } from "./acts";

export const newcomer = person("vera-newcomer", "technical_office", "Comune");

/** A refusal of a transaction that somebody in office signs, after something else was done. */
function refuses<T extends TransactionName>(
  code: ErrorCode,
  what: string,
  actor: Actor,
  name: T,
  input: Input<T> | ((city: ActsCity) => Input<T>),
  before: (city: ActsCity) => Promise<unknown> = async () => undefined,
  params?: ErrorParams,
): ActRefusal {
  return {
    what,
    code,
    ...(params ? { params } : {}),
    attempt: async (city) => {
      await before(city);
      return city.refused(actor, name, typeof input === "function" ? input(city) : input);
    },
  };
}

type Office = Input<"offices:propose">;

export const proposed = async (city: ActsCity, office: Office = officeOf(newcomer)) => {
  await city.submit(administrators.Comune, "offices:propose", office);
};

export const appointed = async (city: ActsCity, office: Office = officeOf(newcomer)) => {
  await proposed(city, office);
  await city.submit(administrators.Case, "offices:confirm", { id: office.id });
};

/** A new key of somebody of the Comune, proposed by its administrator. */
export const keyProposed = async (
  city: ActsCity,
  owner: Actor = people.officer,
  key = keyOf("second key"),
) => {
  const code = city.code(owner, key);
  await city.submit(administrators.Comune, "passkeys:propose", { ...passkeyOf(owner.person, key), code });
};

/** The key is confirmed by the Case network and counts. */
export const withKey = async (city: ActsCity, owner: Actor, key = keyOf(owner.person)) => {
  await keyProposed(city, owner, key);
  await city.submit(administrators.Case, "passkeys:confirm", {
    id: passkeyId(key),
    code: city.code(owner, key),
  });
  await city.advanceTo("2026-01-02");
};

const allowCouncillor = async (city: ActsCity, councillorAsOfficer: true | undefined) => {
  const settings = { ...city.record("municipality", torino).settings, councillorAsOfficer };
  await city.submit(administrators.Comune, "municipality:proposeSettings", {
    settings,
    act: act("settings"),
  });
  await city.submit(people.guarantor, "municipality:confirmSettings", { settings });
};

/** What an officer signs with some key, whatever it is. */
const refusedWithKey = (city: ActsCity, key: Authenticator) => {
  const input = {
    command: randomUUID(),
    municipality: torino,
    id: "call-2026",
    closesOn: "2026-03-01",
    act: act("x"),
  };
  const carried = city.signed(city.act(people.officer, "calls:extend", input), { key });
  return city.refusedText(people.officer, "calls:extend", JSON.stringify(carried));
};

const suspended = async (city: ActsCity, office = officeOf(people.officer)) => {
  await city.submit(administrators.Comune, "offices:suspend", { id: office.id, reasonDigest: digest("why") });
};

const withdrawal = { id: officeOf(people.officer).id };
/** The officer as councillor too. */
const councillor = officeOf({ ...people.officer, role: "councillor" });
const secondOffice: Office = { ...councillor, id: "office-second" };
const substitute = (changes: Partial<Office>): Office => ({
  ...officeOf({ ...newcomer, role: "responsible_officer" }),
  substituteFor: officeOf(people.officer).id,
  until: "2026-02-01",
  ...changes,
});

export const registerRefusals: ActRefusal[] = [
  refuses(
    "wrong_role",
    "an office proposed by who administers nothing",
    people.officer,
    "offices:propose",
    officeOf(newcomer),
  ),
  refuses(
    "wrong_organisation",
    "an office proposed by another organisation",
    administrators.Case,
    "offices:propose",
    officeOf(newcomer),
  ),
  refuses(
    "wrong_organisation",
    "an office of another organisation than its role's",
    administrators.Comune,
    "offices:propose",
    {
      ...officeOf(newcomer),
      role: "guarantor",
    },
  ),
  refuses("invalid_input", "a program's role as an office", administrators.Comune, "offices:propose", {
    ...officeOf(newcomer),
    role: "service",
  }),
  refuses("person_concerned", "an office proposed for oneself", administrators.Comune, "offices:propose", {
    ...officeOf({ ...administrators.Comune, role: "treasurer" }),
    id: "office-own",
  }),
  refuses(
    "other_organisation",
    "a person of another organisation",
    administrators.Comune,
    "offices:propose",
    {
      ...officeOf({ ...people.guarantor, organisation: "Comune", role: "assessor" }),
      id: "office-second",
    },
  ),
  refuses("dates_out_of_order", "an office that is over", administrators.Comune, "offices:propose", {
    ...officeOf(newcomer),
    from: "2025-01-01",
    until: "2025-12-31",
  }),
  refuses(
    "already_exists",
    "an office under a name that is taken",
    administrators.Comune,
    "offices:propose",
    {
      ...officeOf(newcomer),
      id: officeOf(people.officer).id,
    },
  ),
  refuses(
    "incompatible_roles",
    "an officer as councillor too",
    administrators.Comune,
    "offices:propose",
    secondOffice,
    undefined,
    { role: "councillor", other: "responsible_officer" },
  ),
  refuses(
    "incompatible_roles",
    "a councillor's office as officer, confirmed after the Comune no longer allows it",
    administrators.Case,
    "offices:confirm",
    { id: secondOffice.id },
    async (city) => {
      await allowCouncillor(city, true);
      await proposed(city, secondOffice);
      await allowCouncillor(city, undefined);
    },
  ),
  refuses(
    "not_in_office",
    "an office that was only proposed",
    newcomer,
    "documents:record",
    { id: "document-1", kind: "other", hash: digest("x") },
    async (city) => {
      await proposed(city);
      await withKey(city, newcomer);
    },
  ),
  refuses(
    "same_organisation",
    "an office that its own organisation confirms",
    administrators.second,
    "offices:confirm",
    { id: officeOf(newcomer).id },
    proposed,
  ),
  refuses(
    "wrong_state",
    "an office confirmed twice",
    people.guarantor,
    "offices:confirm",
    { id: officeOf(newcomer).id },
    appointed,
  ),
  refuses(
    "person_concerned",
    "an office confirmed by who gets it",
    people.guarantor,
    "offices:confirm",
    { id: "office-own" },
    async (city) => {
      const office = { ...officeOf({ ...people.guarantor, role: "assessor" }), id: "office-own" };
      await city.submit(administrators.Garanti, "offices:propose", office);
    },
  ),
  refuses(
    "too_late",
    "an office confirmed after its last day",
    administrators.Case,
    "offices:confirm",
    { id: officeOf(newcomer).id },
    async (city) => {
      await proposed(city, { ...officeOf(newcomer), until: "2026-01-02" });
      await city.advanceTo("2026-01-03");
    },
  ),
  refuses(
    "substitute_dates",
    "a substitute without a last day",
    administrators.Comune,
    "offices:propose",
    substitute({ until: undefined }),
  ),
  refuses(
    "substitute_dates",
    "a substitute before there is anybody to substitute",
    administrators.Comune,
    "offices:propose",
    substitute({ from: "2025-12-01" }),
  ),
  refuses(
    "invalid_input",
    "a substitute in another role",
    administrators.Comune,
    "offices:propose",
    substitute({ role: "treasurer" }),
  ),
  refuses(
    "not_in_office",
    "a substitute after their date",
    newcomer,
    "calls:extend",
    { id: "call-2026", closesOn: "2026-03-01", act: act("x") },
    async (city) => {
      await appointed(city, substitute({}));
      await withKey(city, newcomer);
      await city.advanceTo("2026-02-02");
    },
  ),
  refuses(
    "not_own",
    "the office of somebody else given up",
    people.technician,
    "offices:withdraw",
    withdrawal,
  ),
  refuses(
    "wrong_organisation",
    "a suspension by another organisation",
    administrators.Case,
    "offices:suspend",
    { ...withdrawal, reasonDigest: digest("why") },
  ),
  refuses("person_concerned", "a suspension of oneself", administrators.Comune, "offices:suspend", {
    id: officeOf(administrators.Comune).id,
    reasonDigest: digest("why"),
  }),
  refuses(
    "same_organisation",
    "a withdrawal by one organisation alone",
    administrators.second,
    "offices:confirmWithdrawal",
    withdrawal,
    suspended,
  ),
  refuses(
    "suspension_over",
    "a withdrawal confirmed after the suspension lapsed",
    administrators.Case,
    "offices:confirmWithdrawal",
    withdrawal,
    async (city) => {
      await suspended(city);
      await city.advanceTo("2026-01-09");
    },
  ),
  refuses(
    "not_in_office",
    "an act of who is suspended",
    people.officer,
    "calls:extend",
    { id: "call-2026", closesOn: "2026-03-01", act: act("x") },
    suspended,
  ),
  refuses(
    "last_administrator",
    "the last administrator of an organisation giving up",
    administrators.Case,
    "offices:withdraw",
    { id: officeOf(administrators.Case).id },
  ),
  refuses(
    "last_administrator",
    "two administrators leaving one after the other",
    administrators.second,
    "offices:withdraw",
    { id: officeOf(administrators.second).id },
    (city) =>
      city.submit(administrators.Comune, "offices:withdraw", { id: officeOf(administrators.Comune).id }),
  ),
  refuses(
    "not_in_office",
    "an act of who gave the office up",
    people.officer,
    "calls:extend",
    { id: "call-2026", closesOn: "2026-03-01", act: act("x") },
    (city) => city.submit(people.officer, "offices:withdraw", withdrawal),
  ),
  refuses(
    "not_own",
    "a key of somebody else proposed by who administers nothing",
    people.technician,
    "passkeys:propose",
    (city) => ({
      ...passkeyOf(people.officer.person, keyOf("second key")),
      code: city.code(people.officer, keyOf("second key")),
    }),
  ),
  refuses(
    "wrong_organisation",
    "a key proposed by another organisation's administrator",
    administrators.Case,
    "passkeys:propose",
    (city) => ({
      ...passkeyOf(people.officer.person, keyOf("second key")),
      code: city.code(people.officer, keyOf("second key")),
    }),
  ),
  refuses(
    "code_differs",
    "a key that was swapped after its code was read out",
    administrators.Comune,
    "passkeys:propose",
    (city) => ({
      ...passkeyOf(people.officer.person, keyOf("key of a thief")),
      code: city.code(people.officer, keyOf("second key")),
    }),
  ),
  refuses(
    "key_not_accepted",
    "a key that is not of its algorithm",
    administrators.Comune,
    "passkeys:propose",
    (city) => ({
      ...passkeyOf(people.officer.person, keyOf("second key")),
      algorithm: coseAlgorithms.EdDSA,
      code: city.code(people.officer, keyOf("second key")),
    }),
  ),
  refuses("already_exists", "a key that somebody has", administrators.Comune, "passkeys:propose", (city) => ({
    ...passkeyOf(people.officer.person, keyOf(people.technician.person)),
    code: city.code(people.officer, keyOf(people.technician.person)),
  })),
  refuses(
    "same_organisation",
    "a key that its own organisation confirms",
    administrators.second,
    "passkeys:confirm",
    (city) => ({
      id: passkeyId(keyOf("second key")),
      code: city.code(people.officer, keyOf("second key")),
    }),
    keyProposed,
  ),
  refuses(
    "code_differs",
    "a key confirmed with the code of another",
    administrators.Case,
    "passkeys:confirm",
    (city) => ({
      id: passkeyId(keyOf("second key")),
      code: city.code(people.officer, keyOf("key of a thief")),
    }),
    keyProposed,
  ),
  {
    what: "a key on the day it was confirmed",
    code: "key_not_counting",
    attempt: async (city) => {
      await keyProposed(city);
      const key = keyOf("second key");
      await city.submit(administrators.Case, "passkeys:confirm", {
        id: passkeyId(key),
        code: city.code(people.officer, key),
      });
      return refusedWithKey(city, key);
    },
  },
  {
    what: "a key that nobody confirmed",
    code: "key_not_counting",
    attempt: async (city) => {
      await keyProposed(city);
      await city.advanceTo("2026-01-03");
      return refusedWithKey(city, keyOf("second key"));
    },
  },
  {
    what: "a key that was withdrawn",
    code: "key_withdrawn",
    attempt: async (city) => {
      const key = keyOf(people.officer.person);
      await city.submit(people.officer, "passkeys:withdraw", { id: passkeyId(key) });
      return refusedWithKey(city, key);
    },
  },
  refuses(
    "not_own",
    "a key withdrawn by another organisation",
    administrators.Case,
    "passkeys:withdraw",
    () => ({ id: passkeyId(keyOf(people.officer.person)) }),
  ),
  refuses(
    "origin_not_allowed",
    "localhost outside a trial",
    administrators.Case,
    "municipality:proposeOrigin",
    { origin: "http://localhost:3000", act: act("domain") },
  ),
  refuses(
    "invalid_input",
    "an address of numbers as an origin",
    administrators.Case,
    "municipality:proposeOrigin",
    { origin: "https://127.0.0.1", act: act("domain") },
  ),
  refuses(
    "same_organisation",
    "an origin that one organisation changes alone",
    people.guarantor,
    "municipality:confirmOrigin",
    { part: "Garanti", origin: "https://new.example" },
    (city) =>
      city.submit(administrators.Garanti, "municipality:proposeOrigin", {
        origin: "https://new.example",
        act: act("domain"),
      }),
  ),
  refuses(
    "origin_differs",
    "another origin than the one proposed",
    people.guarantor,
    "municipality:confirmOrigin",
    { part: "Case", origin: "https://evil.example" },
    (city) =>
      city.submit(administrators.Case, "municipality:proposeOrigin", {
        origin: "https://new.example",
        act: act("domain"),
      }),
  ),
  refuses(
    "origin_not_allowed",
    "an old origin given up before there is a key of the new one",
    administrators.Case,
    "municipality:retireOrigin",
    { origin: "https://rete.example" },
    async (city) => {
      await city.submit(administrators.Case, "municipality:proposeOrigin", {
        origin: "https://new.example",
        act: act("domain"),
      });
      await city.submit(people.guarantor, "municipality:confirmOrigin", {
        part: "Case",
        origin: "https://new.example",
      });
    },
  ),
  refuses("not_found", "a recovery that nobody proposed", people.officer, "recovery:stop", {
    id: "recovery-1",
    reasonDigest: digest("why"),
  }),
];
