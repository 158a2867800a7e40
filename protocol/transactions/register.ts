/** Founding a municipality with its register of people in office, and every change of that register. */
import { z } from "zod";
import { Base64url } from "../acts/base64url-schema";
import { Origin } from "../acts/origins";
import { actRoles } from "../acts/roles";
import { Act, Day, Digest, FoundingId, Id, Label, Organisation } from "../primitives";
import { MunicipalOrganisation, Settings } from "../records/municipality";
import { officeTerms, passkeyTerms, recoveryPlan } from "../records/register";
import { witnessRoles } from "./binding";
import { define, input } from "./definition";

/** A signature by an organisation's offline recovery key, over `foundingText` or `recoveryText`. */
const RecoverySignature = z.strictObject({ part: Organisation, signature: Base64url(1024) });

const signatures = z.array(RecoverySignature).min(2).max(3);

/** The organisations, and the first people in office with their keys. */
export const Register = z.strictObject({
  founding: FoundingId,
  organisations: z
    .array(MunicipalOrganisation.omit({ newOrigin: true }))
    .min(2)
    .max(3),
  offices: z.array(z.strictObject(officeTerms)).min(2).max(200),
  passkeys: z.array(z.strictObject(passkeyTerms)).min(2).max(400),
});
export type Register = z.infer<typeof Register>;

export const registerTransactions = {
  /** Signed by the recovery key of every organisation it names; whoever carries it decides nothing. */
  "municipality:found": define(
    ["service"],
    input({
      name: Label,
      casaBody: Label,
      settings: Settings,
      day: Day,
      trial: z.boolean().optional(),
      register: Register,
      signatures,
    }),
  ),
  /** The same for a municipality whose chain began before there was a register: once, signed in the same way. */
  "municipality:introduceRegister": define(["service"], input({ register: Register, signatures })),
  /** An organisation's people get a second origin to sign on, by an act that another organisation confirms. */
  "municipality:proposeOrigin": define(["administrator"], input({ origin: Origin, act: Act })),
  "municipality:confirmOrigin": define(
    ["administrator", "guarantor"],
    input({ part: Organisation, origin: Origin }),
  ),
  /** The old origin goes; signed with a key of the new one, so that nobody is locked out. */
  "municipality:retireOrigin": define(["administrator"], input({ origin: Origin })),
  /** An administrator proposes somebody of their own organisation for an office. */
  "offices:propose": define(["administrator"], input(officeTerms)),
  /** Somebody of another organisation confirms it: it is held from its first day. */
  "offices:confirm": define(["administrator", "guarantor"], input({ id: Id })),
  /** Gives up one's own office, or takes back one that was only proposed. */
  "offices:withdraw": define(actRoles, input({ id: Id })),
  /** Seven days without an office, by one's own organisation. */
  "offices:suspend": define(["administrator"], input({ id: Id, reasonDigest: Digest })),
  /** Somebody of another organisation confirms a suspension: the office ends. */
  "offices:confirmWithdrawal": define(["administrator", "guarantor"], input({ id: Id })),
  /**
   * A new key of oneself, signed with a key one has; of somebody of one's own organisation, by an administrator; or a
   * resident's, by a witness. `code` is the SHA-256 of `passkeyCodeText`, compared with what the owner reads out.
   */
  "passkeys:propose": define(actRoles, input({ ...passkeyTerms, code: Digest })),
  /**
   * Somebody of another organisation compares the code too: the key counts from the next day. Keys of people in office are
   * for administrators and guarantors, residents' for every witness.
   */
  "passkeys:confirm": define(witnessRoles, input({ id: Digest, code: Digest })),
  /** One's own at once; an administrator, of their own organisation's people; a witness, of residents. */
  "passkeys:withdraw": define([...actRoles, "resident"], input({ id: Digest })),
  /** Signed by the recovery keys of two organisations. */
  "recovery:propose": define(["service"], input({ ...recoveryPlan, signatures })),
  /** Anybody in office stops a recovery within its days. */
  "recovery:stop": define(actRoles, input({ id: Id, reasonDigest: Digest })),
  "recovery:complete": define(["service"], input({ id: Id })),
} as const;
