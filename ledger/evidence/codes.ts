import { peer } from "@hyperledger/fabric-protos";

/** `peer.TxValidationCode` (fabric-protos `peer/transaction.proto`). */
export const validationCodes = peer.TxValidationCode;

export type ValidationCodeName = keyof typeof peer.TxValidationCode;

const names = new Map<number, ValidationCodeName>(
  Object.entries(peer.TxValidationCode).map(([name, code]) => [code, name as ValidationCodeName]),
);

/** The code's name in the protocol; `INVALID_OTHER_REASON` for a number the protocol does not know. */
export function validationCodeName(code: number): ValidationCodeName {
  return names.get(code) ?? "INVALID_OTHER_REASON";
}
