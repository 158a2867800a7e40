/** Which organisations count as one: two that share an origin do, since one doctored page reaches the people of both. */

import { relyingPartyId } from "../../../protocol/acts/origins";
import { RuleError } from "../../../protocol/errors";
import { type Organisation, organisations } from "../../../protocol/primitives";
import type { RecordOf } from "../../../protocol/records";
import type { Tx } from "./tx";

/** For each organisation the first of those that count as one with it. */
export type Voices = Readonly<Record<Organisation, Organisation>>;

/** Each for itself; so it is in a trial, and while there is no register of origins. */
export const separateVoices: Voices = { Comune: "Comune", Case: "Case", Garanti: "Garanti" };

export function voicesOf({ trial, organisations: own }: RecordOf<"municipality">): Voices {
  if (trial || !own) return separateVoices;
  const hosts = own.map(({ part, origin, newOrigin }) => ({
    part,
    hosts: [origin, ...(newOrigin === undefined ? [] : [newOrigin])].map(relyingPartyId),
  }));
  const voices: Record<Organisation, Organisation> = { ...separateVoices };
  for (const part of organisations) {
    const own = hosts.find((one) => one.part === part)?.hosts ?? [];
    const first = hosts.find((other) => other.hosts.some((host) => own.includes(host)));
    voices[part] = first ? first.part : part;
  }
  return voices;
}

/** @throws {RuleError} `same_organisation` when the actor's organisation and another are one or count as one */
export function requireOtherOrganisation(tx: Tx, other: Organisation | undefined): void {
  const { voices } = tx.circumstances;
  if (other !== undefined && voices[other] === voices[tx.actor.organisation])
    throw new RuleError("same_organisation");
}
