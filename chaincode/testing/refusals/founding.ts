/** Founding and recovery: carrying identities are not enough, and nobody founds a municipality a second time. */

import { recoveryText } from "../../../protocol/acts/recovery-texts";
import type { ErrorCode } from "../../../protocol/errors";
import type { Organisation } from "../../../protocol/primitives";
import type { InputOf } from "../../../protocol/transactions";
import { ActsCity, program } from "../acts-city";
import { Authenticator } from "../authenticator";
import { act } from "../founding-inputs";
import { digest } from "../keys";
import { people, person, torino } from "../people";
import {
  administrators,
  channel,
  founding,
  foundingInput,
  officeOf,
  originOf,
  passkeyOf,
  recoveryKeys,
  register,
  signedWith,
  signers,
} from "../register";
import { type ActRefusal, refusedCarried } from "./acts";

type Founding = ReturnType<typeof foundingInput>;

/** A founding of a municipality that is not there yet. */
const refusesFounding = (
  code: ErrorCode,
  what: string,
  input: () => Founding,
  prepare: (city: ActsCity) => unknown = () => undefined,
): ActRefusal => ({
  what,
  code,
  attempt: (_) => {
    const city = new ActsCity();
    prepare(city);
    return refusedCarried(city, { by: "service", input: input() }, "municipality:found");
  },
});

const withRegister = (changes: Partial<Founding["register"]>) =>
  foundingInput({ register: { ...register(), ...changes } });

/** The same founding under another command. */
const again = () => foundingInput({ command: "7b1c4f3e-6d0a-4b52-9e0b-3f6f6f1c2d15" });

/** Signed with other keys than the organisations'. */
const forged = (): Founding => {
  const input = foundingInput();
  const signatures = input.signatures.map((one) => ({
    ...one,
    signature: input.signatures[0]?.signature ?? "",
  }));
  return { ...input, signatures };
};

/** The keys of a thief, in the place of the organisations' offline ones. */
const thiefs = (): Founding => {
  const organisations = register().organisations.map((one) => ({
    ...one,
    recoveryKey: new Authenticator().spki,
  }));
  return withRegister({ organisations });
};

export const successor = person("wanda-administrator", "administrator", "Case");

/** The administrators of the Case network are lost: another one comes in their place. */
export function recovery(
  changes: Partial<InputOf<"recovery:propose">> = {},
  signedBy: readonly Organisation[] = ["Comune", "Garanti"],
  own = recoveryKeys,
): InputOf<"recovery:propose"> {
  const plan = {
    command: "7b1c4f3e-6d0a-4b52-9e0b-3f6f6f1c2d13",
    municipality: torino,
    id: "recovery-1",
    part: "Case" as const,
    offices: [officeOf(successor)],
    passkeys: [passkeyOf(successor.person)],
    endOffices: [officeOf(administrators.Case).id],
    withdrawPasskeys: [],
    act: act("recovery"),
    ...changes,
  };
  const text = recoveryText(channel, founding, { ...plan, signatures: [] });
  return { ...plan, signatures: signedWith(text, signedBy, own) };
}

const refusesRecovery = (
  code: ErrorCode,
  what: string,
  input: () => InputOf<"recovery:propose">,
): ActRefusal => ({
  what,
  code,
  attempt: (city) => refusedCarried(city, { by: "service", input: input() }, "recovery:propose"),
});

const complete = {
  by: "service",
  input: { command: "7b1c4f3e-6d0a-4b52-9e0b-3f6f6f1c2d14", municipality: torino, id: "recovery-1" },
} as const;
const propose = (city: ActsCity) => city.carried("recovery:propose", { by: "service", input: recovery() });

export const foundingRefusals: ActRefusal[] = [
  {
    what: "a second founding",
    code: "already_exists",
    attempt: (city) => refusedCarried(city, { by: "service", input: again() }, "municipality:found"),
  },
  {
    what: "a register introduced a second time",
    code: "already_founded",
    attempt: (city) => {
      const { command, municipality, register, signatures } = again();
      return refusedCarried(
        city,
        { by: "service", input: { command, municipality, register, signatures } },
        "municipality:introduceRegister",
      );
    },
  },
  {
    what: "the plain input of an earlier version before there is a register",
    code: "not_founded",
    attempt: async () => {
      const input = { command: again().command, municipality: torino, day: "2026-01-02" };
      return new ActsCity().refusedText(people.service, "municipality:advanceDay", JSON.stringify(input));
    },
  },
  {
    what: "what a resident asks for before there is a register",
    code: "not_founded",
    attempt: async () => {
      const input = { command: again().command, municipality: torino, id: "subject-1" };
      const carried = { by: "resident", person: "anna-resident", input } as const;
      return refusedCarried(new ActsCity(), carried, "subjects:register");
    },
  },
  {
    what: "an act before there is a register",
    code: "not_founded",
    attempt: async (city) => {
      const carried = city.signed(
        city.act(administrators.Comune, "municipality:advanceDay", { day: "2026-01-02" }),
      );
      return refusedCarried(new ActsCity(), carried, "municipality:advanceDay");
    },
  },
  refusesFounding("bad_signature", "a founding that an organisation did not sign", forged),
  refusesFounding("recovery_key_unknown", "a founding with keys of the thief's own", thiefs),
  refusesFounding(
    "recovery_key_unknown",
    "a founding at an endorser that knows no recovery keys",
    foundingInput,
    (city) => {
      city.recoveryKeys = new Set();
    },
  ),
  refusesFounding("invalid_input", "a founding that one organisation of three did not sign", () =>
    foundingInput({}, ["Comune", "Case"]),
  ),
  refusesFounding("bad_signature", "a founding changed after it was signed", () => ({
    ...foundingInput(),
    name: "Milano",
  })),
  refusesFounding("wrong_carrier", "a founding carried by nobody it names", foundingInput, (city) => {
    city.submitter = { ...program("Comune"), mspId: "OtherMSP" };
  }),
  refusesFounding("founding_incomplete", "a founding with administrators of one organisation", () => {
    const own = signers.filter(
      ({ role, organisation }) => role !== "administrator" || organisation === "Comune",
    );
    return foundingInput({ register: register(originOf, own) });
  }),
  refusesFounding("invalid_input", "a founding in which two organisations have one MSP", () =>
    withRegister({ organisations: register().organisations.map((one) => ({ ...one, mspId: "CittaMSP" })) }),
  ),
  refusesFounding("origin_not_allowed", "a founding on localhost that is no trial", () =>
    withRegister({ organisations: register({ ...originOf, Case: "http://localhost:3000" }).organisations }),
  ),
  refusesFounding("trial_key", "a founding with a trial's key that is no trial", () =>
    withRegister({ passkeys: register().passkeys.map((one) => ({ ...one, trial: true })) }),
  ),
  refusesFounding(
    "incompatible_roles",
    "a founding that gives somebody two roles that exclude each other",
    () =>
      withRegister({
        offices: [
          ...register().offices,
          { ...officeOf({ ...people.officer, role: "treasurer" }), id: "office-second" },
        ],
      }),
  ),
  refusesRecovery("bad_signature", "a recovery signed by one organisation in two names", () => ({
    ...recovery(),
    signatures: recovery().signatures.map((one) => ({
      ...one,
      signature: recovery().signatures[0]?.signature ?? "",
    })),
  })),
  refusesRecovery("invalid_input", "a recovery signed twice by one organisation", () => {
    const input = recovery();
    return {
      ...input,
      signatures: [input.signatures[0], input.signatures[0]].filter((one) => one !== undefined),
    };
  }),
  refusesRecovery("bad_signature", "a recovery signed with keys of people in office", () =>
    recovery({}, ["Comune", "Garanti"], { ...recoveryKeys, Garanti: new Authenticator() }),
  ),
  refusesRecovery("bad_signature", "a recovery changed after it was signed", () => ({
    ...recovery(),
    id: "recovery-2",
  })),
  refusesRecovery("invalid_input", "a recovery that gives an office of another organisation", () =>
    recovery({ offices: [officeOf(person("xeno-officer", "responsible_officer", "Comune"))] }),
  ),
  refusesRecovery("invalid_input", "a recovery that gives a resident's key", () =>
    recovery({ passkeys: [{ ...passkeyOf(successor.person), resident: true }] }),
  ),
  refusesRecovery("recovery_key_unknown", "a recovery with a new recovery key that nobody configured", () =>
    recovery({ recoveryKey: new Authenticator().spki }),
  ),
  {
    what: "a recovery completed before its seven days",
    code: "too_early",
    attempt: async (city) => {
      await propose(city);
      await city.advanceTo("2026-01-07");
      return refusedCarried(city, complete, "recovery:complete");
    },
  },
  {
    what: "a recovery that somebody in office stopped",
    code: "wrong_state",
    attempt: async (city) => {
      await propose(city);
      await city.submit(people.councillor, "recovery:stop", {
        id: "recovery-1",
        reasonDigest: digest("why"),
      });
      await city.advanceTo("2026-01-09");
      return refusedCarried(city, complete, "recovery:complete");
    },
  },
];
