/** What a municipality does with itself: settings, its day, its registrars' keys. */
import { Act, Base64, Day, Id } from "../primitives";
import { Settings } from "../records/municipality";
import { anyOrganisationRole, define, input } from "./definition";

export const municipalityTransactions = {
  /** New settings hold once somebody of another organisation has confirmed the very same ones. */
  "municipality:proposeSettings": define(["administrator"], input({ settings: Settings, act: Act })),
  "municipality:confirmSettings": define(["administrator", "guarantor"], input({ settings: Settings })),
  "municipality:advanceDay": define(anyOrganisationRole, input({ day: Day })),
  /** Registers the public key of the submitting certificate for co-signing admissions. */
  "municipality:registerSigningKey": define(["registrar"], input({ id: Id, publicKey: Base64(200) })),
  "municipality:withdrawSigningKey": define(["registrar", "administrator"], input({ id: Id })),
} as const;
