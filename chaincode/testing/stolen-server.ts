/**
 * Ways in which somebody who has everything of the server tries to make an office act, or what binds a party: its files and database, with
 * every act ever carried, the certificates of all programs, and in some of them one organisation's people, whom a
 * doctored page misleads. They have nobody's passkey, and no recovery key.
 */
import type { Carried } from "../../protocol/acts/carried";
import { actListBytes, type SignedAct, signedActText } from "../../protocol/acts/signed-act";
import { addDays } from "../../protocol/days";
import type { ErrorCode, RuleError } from "../../protocol/errors";
import { organisations } from "../../protocol/primitives";
import type { RecordOf } from "../../protocol/records";
import { type TransactionName, transactions } from "../../protocol/transactions";
import { isBinding } from "../../protocol/transactions/binding";
import { areIncompatible } from "../src/domain/incompatible-roles";
import { type ActsCity, program, type Tampering } from "./acts-city";
import { Authenticator } from "./authenticator";
import { digest } from "./keys";
import type { OfficeStep } from "./office-steps";
import { people, torino } from "./people";
import { administrators, keyOf, mspOf, officeOf, passkeyId, passkeyOf } from "./register";

/** A step with the act that whoever takes it would sign, in a city of its own. */
export interface Loot extends OfficeStep {
  city: ActsCity;
  act: SignedAct;
}

export interface Way {
  what: string;
  code: ErrorCode;
  /** It needs a state of its own, or a certificate that no ledger's network would take: tried in memory alone. */
  inMemory?: boolean;
  /** Whether it says anything for this step. */
  fits?: (loot: Loot) => boolean;
  attempt: (loot: Loot) => Promise<RuleError>;
}

type CarriedAct = Extract<Carried, { by: "act" }>;

const refused = ({ city, actor }: Loot, argument: object, called: TransactionName) =>
  city.refusedText(actor, called, JSON.stringify(argument));
const genuine = ({ city, act }: Loot): CarriedAct => city.signed(act) as CarriedAct;
const rolesOf = ({ name }: Loot): readonly string[] => transactions[name].roles;
const namesRecords = ({ act }: Loot) => Object.keys(act.seen).length > 0;

/** An act that is changed after its signature was taken, or carried as something else. */
const altering = (
  what: string,
  code: ErrorCode,
  change: (carried: CarriedAct, loot: Loot) => object,
): Way => ({
  what,
  code,
  attempt: (loot) => refused(loot, { ...genuine(loot), ...change(genuine(loot), loot) }, loot.name),
});

/** A genuine gesture, for something else than what is carried. */
const signing = (
  what: string,
  code: ErrorCode,
  change: (loot: Loot) => Partial<SignedAct>,
  tampering: (loot: Loot) => Tampering = () => ({}),
): Pick<Way, "what" | "code" | "attempt"> => ({
  what,
  code,
  attempt: (loot) =>
    refused(loot, loot.city.signed({ ...loot.act, ...change(loot) }, tampering(loot)), loot.name),
});

/** The thief's own key under the credential id of whoever is in office. */
function disguised({ actor }: Loot): Authenticator {
  return Object.assign(new Authenticator(), { credential: keyOf(actor.person).credential });
}

/** An administrator of the actor's organisation who is not the actor. */
function administratorOf({ actor }: Loot) {
  if (actor.organisation !== "Comune") return administrators[actor.organisation];
  return actor.person === administrators.Comune.person ? administrators.second : administrators.Comune;
}

const unchanged = () => ({});

export const waysOfAThief: readonly Way[] = [
  ...organisations.map(
    (part): Way => ({
      what: `by the certificate of a program of ${part}`,
      code: "wrong_role",
      fits: (loot) => !rolesOf(loot).includes("service"),
      attempt: (loot) => {
        loot.city.submitter = program(part);
        return refused(loot, { by: "service", input: loot.act.input }, loot.name);
      },
    }),
  ),
  {
    what: "as a plain input",
    code: "invalid_input",
    attempt: (loot) => refused(loot, loot.act.input, loot.name),
  },
  {
    what: "as a plain input with a certificate that claims the role, as of the version before",
    code: "invalid_input",
    attempt: (loot) => {
      const { organisation, ...claimed } = loot.actor;
      loot.city.submitter = { mspId: mspOf[organisation], ...claimed };
      return refused(loot, loot.act.input, loot.name);
    },
  },
  {
    what: "by a program's argument with a certificate that claims the role",
    code: "wrong_carrier",
    attempt: (loot) => {
      const { organisation, ...claimed } = loot.actor;
      loot.city.submitter = { mspId: mspOf[organisation], ...claimed };
      return refused(loot, { by: "service", input: loot.act.input }, loot.name);
    },
  },
  {
    what: "as what a resident asks for",
    code: "wrong_role",
    fits: (loot) => !rolesOf(loot).includes("resident") && !isBinding(loot.name),
    attempt: (loot) =>
      refused(loot, { by: "resident", person: loot.actor.person, input: loot.act.input }, loot.name),
  },
  {
    what: "as what the Comune vouches for",
    code: "party_signature_needed",
    fits: ({ name }) => isBinding(name),
    attempt: (loot) =>
      refused(loot, { by: "resident", person: loot.actor.person, input: loot.act.input }, loot.name),
  },
  {
    what: "carried by a certificate of another network",
    inMemory: true,
    code: "wrong_carrier",
    attempt: (loot) => {
      const carried = genuine(loot);
      loot.city.submitter = { ...program("Comune"), mspId: "OtherMSP" };
      return refused(loot, carried, loot.name);
    },
  },
  signing("forged with a key of the thief's own", "key_unknown", unchanged, () => ({
    key: new Authenticator(),
  })),
  signing("forged under the credential of who is in office", "bad_signature", unchanged, (loot) => ({
    key: disguised(loot),
  })),
  signing("in the name of somebody who does not exist", "key_unknown", () => ({ person: "nobody-at-all" })),
  altering("with the assertion of another act", "assertion_challenge", (_, { city, act }) => {
    const other = city.signed({
      ...act,
      input: { ...act.input, command: crypto.randomUUID() },
    }) as CarriedAct;
    return { assertion: other.assertion };
  }),
  altering("with another input in the act", "assertion_challenge", (_, { act }) => ({
    act: signedActText({ ...act, input: { ...act.input, command: crypto.randomUUID() } }),
  })),
  altering("with another person in the act", "key_unknown", (_, { act }) => ({
    act: signedActText({ ...act, person: "thief-person" }),
  })),
  altering("with a later expiry in the act", "assertion_challenge", (_, { act }) => ({
    act: signedActText({ ...act, expiresOn: addDays(act.expiresOn, 1) }),
  })),
  altering("with spaces in the act", "act_malformed", ({ act }) => ({ act: act.replace(":", ": ") })),
  altering("with a member named twice in the act", "act_malformed", ({ act }) => ({
    act: act.replace("{", `{"channel":"other",`),
  })),
  altering("with more after the act", "act_malformed", ({ act }) => ({ act: `${act} ` })),
  {
    what: "with an input that is trimmed when it is read",
    code: "act_malformed",
    fits: ({ act }) => typeof act.input.act === "object",
    attempt: (loot) => {
      const input = { ...loot.act.input, act: { ...(loot.act.input.act as object), body: "Giunta " } };
      return refused(loot, loot.city.signed({ ...loot.act, input }), loot.name);
    },
  },
  altering("in a list it is not in", "act_not_in_list", (_, loot) =>
    listed(loot, [digest("one"), digest("two")]),
  ),
  altering("in a list that nobody signed", "assertion_challenge", (carried, loot) => ({
    list: [loot.city.digestOf(carried.act), digest("one")].sort(),
  })),
  {
    what: "carried to another transaction",
    code: "wrong_transaction",
    attempt: (loot) => {
      const other = loot.name === "payments:order" ? "payments:check" : "payments:order";
      return refused(loot, genuine(loot), other);
    },
  },
  {
    what: "kept until it has expired",
    inMemory: true,
    code: "act_expired",
    attempt: async (loot) => {
      const carried = genuine(loot);
      await loot.city.advanceTo(addDays(loot.act.expiresOn, 1));
      loot.city.submitter = program("Comune");
      return refused(loot, carried, loot.name);
    },
  },
  signing("signed to hold for a month", "act_expires_late", ({ act }) => ({
    expiresOn: addDays(act.expiresOn, 28),
  })),
  signing("signed for another founding", "wrong_founding", () => ({ founding: "0".repeat(32) })),
  signing("signed for another channel", "wrong_channel", () => ({ channel: "copy" })),
  signing("signed for another municipality", "wrong_municipality", () => ({ municipality: "001001" })),
  signing("signed on the thief's site", "assertion_origin", unchanged, () => ({
    said: { origin: "https://evil.example" },
  })),
  signing("signed on the site of another organisation", "assertion_origin", unchanged, ({ actor }) => ({
    said: {
      origin:
        actor.organisation === "Case" && actor.role !== "resident"
          ? "https://comune.example"
          : "https://rete.example",
    },
  })),
  signing("signed within a page of another site", "assertion_cross_origin", unchanged, () => ({
    said: { crossOrigin: true },
  })),
  signing("signed for another relying party", "assertion_rp", unchanged, () => ({
    said: { rpId: "example" },
  })),
  signing("signed by an unlocked device that asked nobody", "assertion_unverified", unchanged, () => ({
    said: { flags: 0x01 },
  })),
  {
    ...signing("signed without having seen what it is about", "seen_incomplete", () => ({ seen: {} })),
    fits: namesRecords,
  },
  {
    ...signing("signed about other records than those that stand", "changed_since_seen", ({ act }) => ({
      seen: Object.fromEntries(Object.keys(act.seen).map((path) => [path, digest("other")])),
    })),
    fits: namesRecords,
  },
  {
    what: "with a key that was withdrawn",
    inMemory: true,
    code: "key_withdrawn",
    attempt: async (loot) => {
      const { city, actor } = loot;
      const carried = genuine(loot);
      await city.submit(actor, "passkeys:withdraw", { id: passkeyId(keyOf(actor.person)) });
      return refused(loot, carried, loot.name);
    },
  },
  {
    what: "with a key of the thief's that one misled administrator proposed",
    inMemory: true,
    code: "key_not_counting",
    attempt: async (loot) => {
      const { city, actor } = loot;
      const key = new Authenticator();
      const code = city.code(actor, key);
      const resident = actor.role === "resident" || undefined;
      const passkey = { ...passkeyOf(actor.person, key), resident, code };
      await city.submit(administratorOf(loot), "passkeys:propose", passkey);
      await city.advanceTo(addDays(city.record("day", "day").day, 1));
      city.submitter = program("Comune");
      return refused(loot, city.signed(loot.act, { key }), loot.name);
    },
  },
  {
    what: "with the party's key withdrawn in their name and another put in its place by one organisation",
    inMemory: true,
    code: "key_not_counting",
    fits: ({ actor }) => actor.role === "resident",
    attempt: async (loot) => {
      const { city, actor } = loot;
      await city.submit(actor, "passkeys:withdraw", { id: passkeyId(keyOf(actor.person)) });
      const key = new Authenticator();
      const passkey = { ...passkeyOf(actor.person, key), resident: true as const };
      await city.submit(people.coordinator, "passkeys:propose", { ...passkey, code: city.code(actor, key) });
      city.submitter = program("Comune");
      return refused(loot, city.signed(loot.act, { key }), loot.name);
    },
  },
  {
    what: "on paper that one organisation's witness recorded alone",
    inMemory: true,
    code: "same_person",
    // The story owes no report.
    fits: ({ name, actor }) => isBinding(name) && actor.role === "resident" && name !== "reports:submit",
    attempt: async (loot) => {
      const { city, act, actor } = loot;
      const { command: _, municipality: __, ...asked } = act.input;
      const paper = {
        ...{ id: "paper-thief", person: actor.person, scan: digest("forged") },
        asked: { transaction: loot.name, ...asked } as never,
      };
      await city.submit(people.coordinator, "papers:record", paper);
      return city.refused(people.coordinator, "papers:confirm", paper);
    },
  },
  {
    what: "in an office that one organisation's people alone gave the thief",
    inMemory: true,
    code: "not_in_office",
    fits: (loot) => accompliceOf(loot) !== undefined,
    attempt: async (loot) => {
      const { city, actor, name } = loot;
      const person = accompliceOf(loot) ?? "";
      const office = { ...officeOf({ ...actor, person }), id: "office-second" };
      await city.submit(administratorOf(loot), "offices:propose", office);
      return refused(loot, city.signed({ ...loot.act, person }), name);
    },
  },
];

/** Somebody of the same organisation who does not hold the actor's role, and could. */
function accompliceOf(loot: Loot): string | undefined {
  const { city, actor } = loot;
  if (actor.role === "resident") return undefined;
  const known = city.state.all<RecordOf<"official">>(torino, "official");
  return known.find(
    ({ id, organisation, offices }) =>
      organisation === actor.organisation &&
      id !== administratorOf(loot).person &&
      offices.every(({ role }) => role !== actor.role && !areIncompatible(role, actor.role, false)),
  )?.id;
}

function listed({ city, actor }: Loot, digests: string[]): Partial<CarriedAct> {
  const list = [...digests].sort();
  const assertion = keyOf(actor.person).assert(actListBytes(list), city.said(actor.person));
  return { list, assertion };
}
