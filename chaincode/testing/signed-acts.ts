/** Acts of the story's people as their browsers make them, whichever state they are about. */
import type { CarriedAct } from "../../protocol/acts/carried";
import type { SigningRole } from "../../protocol/acts/roles";
import { actBytes, type SignedAct, signedActText } from "../../protocol/acts/signed-act";
import { addDays } from "../../protocol/days";
import type { Actor } from "../../protocol/primitives";
import type { TransactionName } from "../../protocol/transactions";
import type { Authenticator, Said } from "./authenticator";
import { channel, founding } from "./register";

/** What an act is signed in the light of: the chain's day, and digests of the records it is about. */
export interface Sight {
  day: string;
  seen: Record<string, string>;
}

/** What somebody in office, or a party, would sign. */
export function actOf(actor: Actor, transaction: TransactionName, input: object, sight: Sight): SignedAct {
  return {
    founding,
    channel,
    transaction,
    municipality: actor.municipality,
    person: actor.person,
    role: actor.role as SigningRole,
    input: JSON.parse(JSON.stringify(input)),
    seen: sight.seen,
    expiresOn: addDays(sight.day, 2),
  };
}

/** An act with the gesture over it alone. */
export function signedBy(key: Authenticator, act: SignedAct, said: Said): CarriedAct {
  const text = signedActText(act);
  return { by: "act", act: text, assertion: key.assert(actBytes(text), said) };
}
