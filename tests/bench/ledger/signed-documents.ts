import { randomUUID } from "node:crypto";
import type { Authenticator } from "@/chaincode/testing/authenticator";
import { digest } from "@/chaincode/testing/keys";
import { people, torino } from "@/chaincode/testing/people";
import { originOf } from "@/chaincode/testing/register";
import { actOf, signedBy } from "@/chaincode/testing/signed-acts";
import type { CarriedAct } from "@/protocol/acts/carried";
import { relyingPartyId } from "@/protocol/acts/origins";

/** The transaction that measurements have people sign: it is about no earlier record. */
export const recordDocument = "documents:record";
export const signer = people.officer;
/** On which the municipality of the story is founded. */
const day = "2026-01-01";

export function documentInput(id: string) {
  return {
    ...{ command: randomUUID(), municipality: torino, id },
    ...{ kind: "other", hash: digest(id) },
  };
}

/** The signer's act that records a document, as the Comune's service carries it. */
export function signedDocument(key: Authenticator, input: object): CarriedAct {
  const origin = originOf.Comune;
  return signedBy(key, actOf(signer, recordDocument, input, { day, seen: {} }), {
    ...{ origin, rpId: relyingPartyId(origin) },
  });
}
