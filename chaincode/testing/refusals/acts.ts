/** Acts that are not their signer's, not whole, not of now or not about what stands on the ledger. */
import { randomUUID } from "node:crypto";
import type { Carried } from "../../../protocol/acts/carried";
import { actBytes, actListBytes, type SignedAct, signedActText } from "../../../protocol/acts/signed-act";
import type { ErrorCode, ErrorParams, RuleError } from "../../../protocol/errors";
import type { TransactionName } from "../../../protocol/transactions";
import { type ActsCity, program, type Tampering } from "../acts-city";
import { Authenticator, sha256 } from "../authenticator";
import { act, registration } from "../founding-inputs";
import { digest } from "../keys";
import { people, torino } from "../people";
import { administrators, keyOf, passkeyOf } from "../register";

/** A refusal in a municipality that is founded and no trial. */
export interface ActRefusal {
  what: string;
  code: ErrorCode;
  params?: ErrorParams;
  attempt: (city: ActsCity) => Promise<RuleError>;
}

const { settings } = registration({ objectionDays: 6, votingDays: 6 }, false);
const name: TransactionName = "municipality:proposeSettings";
const administrator = administrators.Comune;

/** What the administrator would sign. */
export function honestAct(city: ActsCity): SignedAct {
  const input = { command: randomUUID(), municipality: torino, settings, act: act("settings") };
  return city.act(administrator, name, input);
}

export function refusedCarried(city: ActsCity, argument: Carried, called = name): Promise<RuleError> {
  return city.refusedText(administrator, called, JSON.stringify(argument));
}

/** An act that is changed before it is signed, or signed otherwise. */
const tampered = (
  code: ErrorCode,
  what: string,
  change: (act: SignedAct, city: ActsCity) => Partial<SignedAct>,
  tampering: Tampering = {},
  params?: ErrorParams,
): ActRefusal => ({
  what,
  code,
  ...(params ? { params } : {}),
  attempt: (city) => {
    const honest = honestAct(city);
    return refusedCarried(city, city.signed({ ...honest, ...change(honest, city) }, tampering));
  },
});

/** What is carried is something else than what was signed. */
const altered = (
  code: ErrorCode,
  what: string,
  change: (carried: Extract<Carried, { by: "act" }>) => object,
): ActRefusal => ({
  what,
  code,
  attempt: (city) => {
    const carried = city.signed(honestAct(city)) as Extract<Carried, { by: "act" }>;
    return refusedCarried(city, { ...carried, ...change(carried) });
  },
});

/** The same act with an input that is not as its schema reads it. */
const withInput = (what: string, change: (input: Record<string, unknown>) => object): ActRefusal =>
  tampered(
    "act_malformed",
    what,
    ({ input }) => ({ input: { ...input, ...change(input) } }),
    {},
    { path: "input" },
  );

const unchanged = () => ({});

export const actRefusals: ActRefusal[] = [
  altered("act_malformed", "a text that is not canonical", ({ act: text }) => ({ act: ` ${text}` })),
  altered("act_malformed", "a text that is not JSON", () => ({ act: "no act" })),
  altered("assertion_challenge", "a text altered after it was signed", ({ act: text }) => ({
    act: text.replace('"leastAge":16', '"leastAge":17'),
  })),
  withInput("an input that would be trimmed", (input) => ({
    act: { ...(input.act as object), body: " Divisione Decentramento" },
  })),
  tampered(
    "act_malformed",
    "a role that is a program's",
    () => ({ role: "service" as never }),
    {},
    { path: "role" },
  ),
  tampered("invalid_input", "an input that the transaction does not take", ({ input }) => ({
    input: { ...input, more: 1 },
  })),
  tampered("wrong_founding", "another founding", () => ({ founding: "f".repeat(32) })),
  tampered("wrong_channel", "another channel", () => ({ channel: "other" })),
  tampered("wrong_transaction", "another transaction's act", () => ({
    transaction: "municipality:confirmSettings",
  })),
  tampered("wrong_municipality", "another municipality's act", () => ({ municipality: "001001" })),
  tampered("act_expired", "an act that has expired", () => ({ expiresOn: "2025-12-31" })),
  tampered("act_expires_late", "an act that would hold for longer than two days", () => ({
    expiresOn: "2026-01-04",
  })),
  {
    what: "an act that has expired by the endorser's clock, though the chain's day stood still",
    code: "act_expired",
    attempt: (city) => {
      const carried = city.signed(honestAct(city));
      city.now = Date.parse("2026-01-04T10:00:00Z");
      return refusedCarried(city, carried);
    },
  },
  tampered(
    "seen_incomplete",
    "an act that saw nothing",
    () => ({ seen: {} }),
    {},
    { record: `municipality/${torino}` },
  ),
  tampered("changed_since_seen", "an act about another version of the record", (_, city) => ({
    seen: {
      ...city.seen(name, { municipality: torino }),
      [`municipality/${torino}`]: digest("another version"),
    },
  })),
  tampered("changed_since_seen", "an act that saw something that is not there", ({ seen }) => ({
    seen: { ...seen, "pact/pact-none": digest("nothing") },
  })),
  tampered("not_in_office", "a role that the person does not hold", () => ({ role: "treasurer" })),
  tampered("key_unknown", "a key that nobody registered", unchanged, { key: new Authenticator() }),
  tampered("key_unknown", "the key of somebody else in office", unchanged, {
    key: keyOf(people.officer.person),
  }),
  tampered("key_unknown", "a person who holds nothing", () => ({ person: "nobody-at-all" }), {
    key: keyOf(administrator.person),
  }),
  {
    what: "a signature of another key under the person's credential",
    code: "bad_signature",
    attempt: (city) => {
      const thief = new Authenticator();
      Object.assign(thief, { credential: keyOf(administrator.person).credential });
      return refusedCarried(city, city.signed(honestAct(city), { key: thief }));
    },
  },
  {
    what: "an act that is not among those signed together",
    code: "act_not_in_list",
    attempt: (city) => refusedCarried(city, listed(city, [digest("one"), digest("two")].sort())),
  },
  {
    what: "a list that is not the one signed",
    code: "assertion_challenge",
    attempt: (city) => {
      const signed = listed(city);
      return refusedCarried(city, { ...signed, list: [...signed.list, "f".repeat(64)] });
    },
  },
  {
    what: "a list that names an act twice",
    code: "invalid_input",
    attempt: (city) => {
      const signed = listed(city);
      return refusedCarried(city, { ...signed, list: [...signed.list, ...signed.list].sort() });
    },
  },
  {
    what: "an act sent again",
    code: "already_done",
    attempt: async (city) => {
      const carried = city.signed(honestAct(city));
      await city.carried(name, carried);
      return refusedCarried(city, carried);
    },
  },
  {
    what: "a certificate of an organisation that is not the municipality's",
    code: "wrong_carrier",
    attempt: (city) => {
      city.submitter = { ...program("Comune"), mspId: "OtherMSP" };
      return refusedCarried(city, city.signed(honestAct(city)));
    },
  },
  {
    what: "a person's own certificate of the version before",
    code: "invalid_input",
    params: { path: "by" },
    attempt: (city) => {
      city.submitter = { mspId: "CittaMSP", ...administrator, role: "administrator" };
      Reflect.deleteProperty(city.submitter, "organisation");
      return city.refusedText(administrator, name, JSON.stringify(honestAct(city).input));
    },
  },
  {
    what: "an act carried by a casting program",
    code: "wrong_carrier",
    attempt: (city) => {
      city.submitter = program("Comune", "casting_service");
      return refusedCarried(city, city.signed(honestAct(city)));
    },
  },
  {
    what: "what binds a party, by the word of the Comune",
    code: "party_signature_needed",
    attempt: (city) => {
      city.submitter = program("Comune");
      const input = { command: randomUUID(), municipality: torino, id: "report-1", digest: digest("x") };
      return refusedCarried(city, { by: "resident", person: "anna-resident", input }, "reports:submit");
    },
  },
  {
    what: "a resident whom another organisation than the Comune vouches for",
    code: "wrong_carrier",
    attempt: (city) => {
      city.submitter = program("Case");
      const input = {
        command: randomUUID(),
        municipality: torino,
        id: "subject-1",
        kind: "person",
        digest: digest("x"),
      };
      return refusedCarried(city, { by: "resident", person: "anna-resident", input }, "subjects:register");
    },
  },
  {
    what: "an office's step by a program",
    code: "wrong_role",
    attempt: (city) => refusedCarried(city, { by: "service", input: honestAct(city).input }),
  },
  {
    what: "an office's step in the name of a resident",
    code: "wrong_role",
    attempt: (city) =>
      refusedCarried(city, { by: "resident", person: administrator.person, input: honestAct(city).input }),
  },
  {
    what: "a trial's key in a municipality that is none",
    code: "trial_key",
    attempt: async (city) => {
      const key = new Authenticator();
      const code = city.code(people.officer, key);
      const input = { ...passkeyOf(people.officer.person, key), trial: true, code };
      return city.refused(administrator, "passkeys:propose", input);
    },
  },
];

/** One gesture for the honest act and another. */
function listed(city: ActsCity, list?: string[]): Extract<Carried, { by: "act" }> & { list: string[] } {
  const text = signedActText(honestAct(city));
  const digests = list ?? [Buffer.from(sha256(actBytes(text))).toString("hex"), digest("another act")].sort();
  const key = keyOf(administrator.person);
  const assertion = key.assert(actListBytes(digests), city.said(administrator.person));
  return { by: "act", act: text, assertion, list: digests };
}
