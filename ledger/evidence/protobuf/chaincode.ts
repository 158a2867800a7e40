import { bytes, int32, message, one, string } from "./decode";
import { chaincodeEvent, chaincodeId, signedProposal } from "./messages";

/* The messages of the chaincode's stream (peer/chaincode_shim.proto). */

export const chaincodeMessage = message("protos.ChaincodeMessage", {
  type: int32(1),
  payload: bytes(3),
  txid: string(4),
  proposal: one(5, () => signedProposal),
  chaincodeEvent: one(6, () => chaincodeEvent),
  channelId: string(7),
});
export const getState = message("protos.GetState", { key: string(1), collection: string(2) });
export const putState = message("protos.PutState", {
  key: string(1),
  value: bytes(2),
  collection: string(3),
});
export const delState = message("protos.DelState", { key: string(1), collection: string(2) });
export const getStateMetadata = message("protos.GetStateMetadata", { key: string(1), collection: string(2) });
const stateMetadata = message("protos.StateMetadata", { metakey: string(1), value: bytes(2) });
export const putStateMetadata = message("protos.PutStateMetadata", {
  key: string(1),
  collection: string(3),
  metadata: one(4, () => stateMetadata),
});
export const getStateByRange = message("protos.GetStateByRange", {
  startKey: string(1),
  endKey: string(2),
  collection: string(3),
  metadata: bytes(4),
});
export const queryMetadata = message("protos.QueryMetadata", { pageSize: int32(1), bookmark: string(2) });
export const getHistoryForKey = message("protos.GetHistoryForKey", { key: string(1) });
export const queryStateNext = message("protos.QueryStateNext", { id: string(1) });
export const queryStateClose = message("protos.QueryStateClose", { id: string(1) });
/** What one chaincode calls another by. */
export const calledChaincode = message("protos.ChaincodeSpec", { chaincodeId: one(2, () => chaincodeId) });
