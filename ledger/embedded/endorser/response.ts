import type { Decoded } from "../../evidence/protobuf/decode";
import type { chaincodeEvent } from "../../evidence/protobuf/messages";
import type { Signer } from "../msp/signer";
import { bytesField, integerField, messageOf, stringField } from "../wire";
import type { Proposal } from "./proposal";

export interface ChaincodeResponse {
  readonly status: number;
  readonly message: string;
  readonly payload: Uint8Array;
}

export type ProposedEvent = Decoded<typeof chaincodeEvent>;

export interface Endorsement {
  /** Serialised `msp.SerializedIdentity`. */
  readonly endorser: Uint8Array;
  readonly signature: Uint8Array;
}

/** Serialised `peer.ProposalResponsePayload`: what endorsers sign and the ledger keeps. */
export function responsePayload(
  proposal: Proposal,
  response: ChaincodeResponse,
  results: Uint8Array,
  event: ProposedEvent | undefined,
  chaincodeVersion: string,
): Uint8Array {
  const action = messageOf(
    bytesField(1, results),
    bytesField(2, event ? eventBytes(event) : new Uint8Array(0)),
    bytesField(3, responseBytes(response)),
    bytesField(4, messageOf(stringField(2, proposal.chaincode), stringField(3, chaincodeVersion))),
  );
  return messageOf(bytesField(1, proposal.hash), bytesField(2, action));
}

/** An endorser signs the payload followed by its own identity. */
export async function endorse(payload: Uint8Array, signer: Signer): Promise<Endorsement> {
  const signature = await signer.signAside(Buffer.concat([payload, signer.creator]));
  return { endorser: signer.creator, signature };
}

/** Serialised `peer.ChaincodeEvent`. */
function eventBytes({ chaincodeId, txId, eventName, payload }: ProposedEvent): Uint8Array {
  return messageOf(
    stringField(1, chaincodeId),
    stringField(2, txId),
    stringField(3, eventName),
    bytesField(4, payload),
  );
}

/** Serialised `peer.Response`. */
export function responseBytes({ status, message, payload }: ChaincodeResponse): Uint8Array {
  return messageOf(integerField(1, status), stringField(2, message), bytesField(3, payload));
}

/**
 * The payload of the envelope that the client will sign (`internal/pkg/gateway/endorse.go`, prepareTransaction):
 * the proposal's headers, its payload without transient data, and the endorsed response.
 */
export function transactionPayload(
  proposal: Proposal,
  payload: Uint8Array,
  endorsements: readonly Endorsement[],
): Uint8Array {
  const endorsed = messageOf(
    bytesField(1, payload),
    ...endorsements.map(({ endorser, signature }) =>
      bytesField(2, messageOf(bytesField(1, endorser), bytesField(2, signature))),
    ),
  );
  const actionPayload = messageOf(bytesField(1, proposal.publicPayload), bytesField(2, endorsed));
  const action = messageOf(bytesField(1, proposal.signatureHeader), bytesField(2, actionPayload));
  const header = messageOf(bytesField(1, proposal.channelHeader), bytesField(2, proposal.signatureHeader));
  return messageOf(bytesField(1, header), bytesField(2, messageOf(bytesField(1, action))));
}
