import {
  bool,
  bytes,
  choice,
  type Decoded,
  int32,
  int64,
  type Message,
  many,
  manyBytes,
  manyStrings,
  message,
  one,
  string,
  uint32,
  uint64,
} from "./decode";

/*
 * The messages of fabric-protos that are read from outside, with the fields that are used; the others are passed over.
 * Their names are the protocol's.
 */

const timestamp = message("google.protobuf.Timestamp", { seconds: int64(1), nanos: int32(2) });

// common/common.proto
export const envelope = message("common.Envelope", { payload: bytes(1), signature: bytes(2) });
export const header = message("common.Header", { channelHeader: bytes(1), signatureHeader: bytes(2) });
export const payload = message("common.Payload", { header: one(1, () => header), data: bytes(2) });
export const channelHeader = message("common.ChannelHeader", {
  type: int32(1),
  version: int32(2),
  timestamp: one(3, () => timestamp),
  channelId: string(4),
  txId: string(5),
  epoch: uint64(6),
  extension: bytes(7),
  tlsCertHash: bytes(8),
});
export const signatureHeader = message("common.SignatureHeader", { creator: bytes(1), nonce: bytes(2) });
const blockHeader = message("common.BlockHeader", {
  number: uint64(1),
  previousHash: bytes(2),
  dataHash: bytes(3),
});
const blockData = message("common.BlockData", { data: manyBytes(1) });
const blockMetadata = message("common.BlockMetadata", { metadata: manyBytes(1) });
export const block = message("common.Block", {
  header: one(1, () => blockHeader),
  data: one(2, () => blockData),
  metadata: one(3, () => blockMetadata),
});
const metadataSignature = message("common.MetadataSignature", {
  signatureHeader: bytes(1),
  signature: bytes(2),
});
export const metadata = message("common.Metadata", {
  value: bytes(1),
  signatures: many(2, () => metadataSignature),
});
export const lastConfig = message("common.LastConfig", { index: uint64(1) });
export const ordererBlockMetadata = message("common.OrdererBlockMetadata", {
  lastConfig: one(1, () => lastConfig),
});

// msp/identities.proto, msp/msp_principal.proto
export const serializedIdentity = message("msp.SerializedIdentity", { mspid: string(1), idBytes: bytes(2) });
export const mspRole = message("common.MSPRole", { mspIdentifier: string(1), role: int32(2) });
const mspPrincipal = message("common.MSPPrincipal", {
  principalClassification: int32(1),
  principal: bytes(2),
});

// common/policies.proto, peer/policy.proto
export interface SignaturePolicy {
  signedBy: number | undefined;
  nOutOf: { n: number; rules: SignaturePolicy[] } | undefined;
}
const nOutOf: Message<{ n: number; rules: SignaturePolicy[] }> = message("common.SignaturePolicy.NOutOf", {
  n: int32(1),
  rules: many(2, () => signaturePolicy),
});
const signaturePolicy: Message<SignaturePolicy> = message("common.SignaturePolicy", {
  signedBy: choice(int32(1)),
  nOutOf: choice(one(2, () => nOutOf)),
});
export const signaturePolicyEnvelope = message("common.SignaturePolicyEnvelope", {
  rule: one(2, () => signaturePolicy),
  identities: many(3, () => mspPrincipal),
});
export const applicationPolicy = message("protos.ApplicationPolicy", {
  signaturePolicy: choice(one(1, () => signaturePolicyEnvelope)),
  channelConfigPolicyReference: choice(string(2)),
});

// peer/proposal.proto, peer/chaincode.proto
export const signedProposal = message("protos.SignedProposal", {
  proposalBytes: bytes(1),
  signature: bytes(2),
});
export const proposal = message("protos.Proposal", {
  header: bytes(1),
  payload: bytes(2),
  extension: bytes(3),
});
export const chaincodeId = message("protos.ChaincodeID", {
  path: string(1),
  name: string(2),
  version: string(3),
});
export const chaincodeHeaderExtension = message("protos.ChaincodeHeaderExtension", {
  chaincodeId: one(2, () => chaincodeId),
});
const mapEntry = message("map<string, bytes>", { key: string(1), value: bytes(2) });
export const chaincodeProposalPayload = message("protos.ChaincodeProposalPayload", {
  input: bytes(1),
  transientMap: many(2, () => mapEntry),
});
export const chaincodeInput = message("protos.ChaincodeInput", {
  args: manyBytes(1),
  decorations: many(2, () => mapEntry),
  isInit: bool(3),
});
const chaincodeSpec = message("protos.ChaincodeSpec", {
  chaincodeId: one(2, () => chaincodeId),
  input: one(3, () => chaincodeInput),
});
export const chaincodeInvocationSpec = message("protos.ChaincodeInvocationSpec", {
  chaincodeSpec: one(1, () => chaincodeSpec),
});

// peer/transaction.proto, peer/proposal_response.proto, peer/chaincode_event.proto
const transactionAction = message("protos.TransactionAction", { header: bytes(1), payload: bytes(2) });
export const transaction = message("protos.Transaction", { actions: many(1, () => transactionAction) });
export const endorsement = message("protos.Endorsement", { endorser: bytes(1), signature: bytes(2) });
const chaincodeEndorsedAction = message("protos.ChaincodeEndorsedAction", {
  proposalResponsePayload: bytes(1),
  endorsements: many(2, () => endorsement),
});
export const chaincodeActionPayload = message("protos.ChaincodeActionPayload", {
  chaincodeProposalPayload: bytes(1),
  action: one(2, () => chaincodeEndorsedAction),
});
export const proposalResponsePayload = message("protos.ProposalResponsePayload", {
  proposalHash: bytes(1),
  extension: bytes(2),
});
export const response = message("protos.Response", {
  status: int32(1),
  message: string(2),
  payload: bytes(3),
});
export const chaincodeAction = message("protos.ChaincodeAction", {
  results: bytes(1),
  events: bytes(2),
  response: one(3, () => response),
  chaincodeId: one(4, () => chaincodeId),
});
export const chaincodeEvent = message("protos.ChaincodeEvent", {
  chaincodeId: string(1),
  txId: string(2),
  eventName: string(3),
  payload: bytes(4),
});
export const processedTransaction = message("protos.ProcessedTransaction", {
  transactionEnvelope: bytes(1),
  validationCode: int32(2),
});

export const blockchainInfo = message("common.BlockchainInfo", {
  height: uint64(1),
  currentBlockHash: bytes(2),
  previousBlockHash: bytes(3),
});

// ledger/rwset/rwset.proto
const collectionHashedReadWriteSet = message("rwset.CollectionHashedReadWriteSet", {
  collectionName: string(1),
  hashedRwset: bytes(2),
  pvtRwsetHash: bytes(3),
});
const nsReadWriteSet = message("rwset.NsReadWriteSet", {
  namespace: string(1),
  rwset: bytes(2),
  collectionHashedRwset: many(3, () => collectionHashedReadWriteSet),
});
export const txReadWriteSet = message("rwset.TxReadWriteSet", { nsRwset: many(2, () => nsReadWriteSet) });
const collectionPvtReadWriteSet = message("rwset.CollectionPvtReadWriteSet", {
  collectionName: string(1),
  rwset: bytes(2),
});
const nsPvtReadWriteSet = message("rwset.NsPvtReadWriteSet", {
  namespace: string(1),
  collectionPvtRwset: many(2, () => collectionPvtReadWriteSet),
});
export const txPvtReadWriteSet = message("rwset.TxPvtReadWriteSet", {
  nsPvtRwset: many(2, () => nsPvtReadWriteSet),
});

// ledger/rwset/kvrwset/kv_rwset.proto
const version = message("kvrwset.Version", { blockNum: uint64(1), txNum: uint64(2) });
const kvRead = message("kvrwset.KVRead", { key: string(1), version: one(2, () => version) });
const kvWrite = message("kvrwset.KVWrite", { key: string(1), isDelete: bool(2), value: bytes(3) });
const kvMetadataEntry = message("kvrwset.KVMetadataEntry", { name: string(1), value: bytes(2) });
export const kvMetadataWrite = message("kvrwset.KVMetadataWrite", {
  key: string(1),
  entries: many(2, () => kvMetadataEntry),
});
const queryReads = message("kvrwset.QueryReads", { kvReads: many(1, () => kvRead) });
const queryReadsMerkleSummary = message("kvrwset.QueryReadsMerkleSummary", {
  maxDegree: uint32(1),
  maxLevel: uint32(2),
  maxLevelHashes: manyBytes(3),
});
const rangeQueryInfo = message("kvrwset.RangeQueryInfo", {
  startKey: string(1),
  endKey: string(2),
  itrExhausted: bool(3),
  rawReads: choice(one(4, () => queryReads)),
  readsMerkleHashes: choice(one(5, () => queryReadsMerkleSummary)),
});
export const kvRwSet = message("kvrwset.KVRWSet", {
  reads: many(1, () => kvRead),
  rangeQueriesInfo: many(2, () => rangeQueryInfo),
  writes: many(3, () => kvWrite),
  metadataWrites: many(4, () => kvMetadataWrite),
});
const kvReadHash = message("kvrwset.KVReadHash", { keyHash: bytes(1), version: one(2, () => version) });
const kvWriteHash = message("kvrwset.KVWriteHash", {
  keyHash: bytes(1),
  isDelete: bool(2),
  valueHash: bytes(3),
  isPurge: bool(4),
});
const kvMetadataWriteHash = message("kvrwset.KVMetadataWriteHash", {
  keyHash: bytes(1),
  entries: many(2, () => kvMetadataEntry),
});
export const hashedRwSet = message("kvrwset.HashedRWSet", {
  hashedReads: many(1, () => kvReadHash),
  hashedWrites: many(2, () => kvWriteHash),
  metadataWrites: many(3, () => kvMetadataWriteHash),
});

// gateway/gateway.proto, orderer/ab.proto
export const evaluateRequest = message("gateway.EvaluateRequest", {
  transactionId: string(1),
  channelId: string(2),
  proposedTransaction: one(3, () => signedProposal),
  targetOrganizations: manyStrings(4),
});
export const endorseRequest = message("gateway.EndorseRequest", {
  transactionId: string(1),
  channelId: string(2),
  proposedTransaction: one(3, () => signedProposal),
  endorsingOrganizations: manyStrings(4),
});
export const submitRequest = message("gateway.SubmitRequest", {
  transactionId: string(1),
  channelId: string(2),
  preparedTransaction: one(3, () => envelope),
});
export const signedRequest = message("gateway.SignedCommitStatusRequest", {
  request: bytes(1),
  signature: bytes(2),
});
export const commitStatusRequest = message("gateway.CommitStatusRequest", {
  transactionId: string(1),
  channelId: string(2),
  identity: bytes(3),
});
const seekSpecified = message("orderer.SeekSpecified", { number: uint64(1) });
const seekEnd = message("orderer.SeekNewest", {});
export const seekPosition = message("orderer.SeekPosition", {
  newest: choice(one(1, () => seekEnd)),
  oldest: choice(one(2, () => seekEnd)),
  specified: choice(one(3, () => seekSpecified)),
  nextCommit: choice(one(4, () => seekEnd)),
});
export const seekInfo = message("orderer.SeekInfo", {
  start: one(1, () => seekPosition),
  stop: one(2, () => seekPosition),
  behavior: int32(3),
});
export const chaincodeEventsRequest = message("gateway.ChaincodeEventsRequest", {
  channelId: string(1),
  chaincodeId: string(2),
  identity: bytes(3),
  startPosition: one(4, () => seekPosition),
  afterTransactionId: string(5),
});

// What the gateway's library reads with google-protobuf: every field that it knows.
export const proposedTransaction = message("gateway.ProposedTransaction", {
  transactionId: string(1),
  proposal: one(2, () => signedProposal),
});
export const preparedTransaction = message("gateway.PreparedTransaction", {
  transactionId: string(1),
  envelope: one(2, () => envelope),
});
export const evaluateResponse = message("gateway.EvaluateResponse", { result: one(1, () => response) });
export const endorseResponse = message("gateway.EndorseResponse", {
  preparedTransaction: one(1, () => envelope),
});
export const submitResponse = message("gateway.SubmitResponse", {});
export const commitStatusResponse = message("gateway.CommitStatusResponse", {
  result: int32(1),
  blockNumber: uint64(2),
});
export const chaincodeEventsResponse = message("gateway.ChaincodeEventsResponse", {
  events: many(1, () => chaincodeEvent),
  blockNumber: uint64(2),
});
export const errorDetail = message("gateway.ErrorDetail", {
  address: string(1),
  mspId: string(2),
  message: string(3),
});
/** Only whole blocks are asked for. */
export const deliverResponse = message("protos.DeliverResponse", {
  status: choice(int32(1)),
  block: choice(one(2, () => block)),
  filteredBlock: choice(bytes(3)),
  blockAndPrivateData: choice(bytes(4)),
});
const anyMessage = message("google.protobuf.Any", { typeUrl: string(1), value: bytes(2) });
export const rpcStatus = message("google.rpc.Status", {
  code: int32(1),
  message: string(2),
  details: many(3, () => anyMessage),
});

export type Envelope = Decoded<typeof envelope>;
export type SignedProposal = Decoded<typeof signedProposal>;
export type SignedRequest = Decoded<typeof signedRequest>;
export type SeekPosition = Decoded<typeof seekPosition>;
