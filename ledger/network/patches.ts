/** A place in Fabric's source that must read so, and what it reads after. */
export interface Patch {
  /** Below the module's folder. */
  file: string;
  before: string;
  after: string;
}

/**
 * Fabric 2.5.0 and the development version built here can stop for ever when an orderer starts again: two goroutines
 * wait for each other while the log's membership entries are applied (hyperledger/fabric issue 4199, mended upstream
 * in 2.5.1 by keeping the use of the write-ahead log to one goroutine, pull request 4201). The same is done here.
 */
export const ordererRestart: readonly Patch[] = [
  {
    file: "orderer/consensus/etcdraft/chain.go",
    before: "\t\t\t// persist the WAL entries into disk\n\t\t\tc.Node.storage.WALSyncC <- struct{}{}\n\n",
    after: "",
  },
  {
    file: "orderer/consensus/etcdraft/node.go",
    before: "\t\t\t// skip empty apply\n",
    after: [
      "\t\t\tfor _, entry := range rd.CommittedEntries {",
      "\t\t\t\tif entry.Type == raftpb.EntryConfChange {",
      "\t\t\t\t\tif err := n.storage.Sync(); err != nil {",
      '\t\t\t\t\t\tn.logger.Warnf("Failed to sync raft log, error: %s", err)',
      "\t\t\t\t\t}",
      "\t\t\t\t\tbreak",
      "\t\t\t\t}",
      "\t\t\t}",
      "",
      "\t\t\t// skip empty apply",
      "",
    ].join("\n"),
  },
];

/**
 * A peer of the version built here ends when it validates an envelope of any member that has no action, or none that is
 * endorsed, and again at every start, since the block with it is on every orderer (`msgvalidation.go`,
 * `validator_keylevel.go`: no check for nil). Where one that cannot be read stands in a block before one that can, the
 * peer waits for ever for what the first depends on, which is never said. With these lines such an envelope is invalid,
 * and nobody waits for it.
 */
export const unreadableEnvelopes: readonly Patch[] = [
  {
    file: "core/common/validation/msgvalidation.go",
    before: "\t\t// extract the proposal response payload\n",
    after: [
      "\t\tif ccActionPayload.Action == nil {",
      '\t\t\treturn errors.New("nil action in ChaincodeActionPayload")',
      "\t\t}",
      "",
      "\t\t// extract the proposal response payload",
      "",
    ].join("\n"),
  },
  {
    file: "core/common/validation/statebased/validator_keylevel.go",
    before:
      "func (klv *KeyLevelValidator) extractDependenciesForTx(blockNum, txNum uint64, envelopeBytes []byte) {\n",
    after: [
      "func (klv *KeyLevelValidator) extractDependenciesForTx(blockNum, txNum uint64, envelopeBytes []byte) {",
      "\textracted := false",
      "\tdefer func() {",
      "\t\tif !extracted {",
      "\t\t\tklv.vpmgr.ExtractValidationParameterDependency(blockNum, txNum, nil)",
      "\t\t}",
      "\t}()",
      "",
    ].join("\n"),
  },
  {
    file: "core/common/validation/statebased/validator_keylevel.go",
    before: "\tklv.vpmgr.ExtractValidationParameterDependency(blockNum, txNum, respPayload.Results)\n",
    after: [
      "\textracted = true",
      "\tklv.vpmgr.ExtractValidationParameterDependency(blockNum, txNum, respPayload.Results)",
      "",
    ].join("\n"),
  },
  {
    file: "core/common/validation/statebased/validator_keylevel.go",
    before: "\tcap, err := protoutil.UnmarshalChaincodeActionPayload(tx.Actions[0].Payload)\n",
    after: [
      "\tif len(tx.Actions) == 0 {",
      '\t\tlogger.Warningf("no action, skipping tx at height (%d,%d)", blockNum, txNum)',
      "\t\treturn",
      "\t}",
      "",
      "\tcap, err := protoutil.UnmarshalChaincodeActionPayload(tx.Actions[0].Payload)",
      "",
    ].join("\n"),
  },
  {
    file: "core/common/validation/statebased/validator_keylevel.go",
    before:
      "\tpRespPayload, err := protoutil.UnmarshalProposalResponsePayload(cap.Action.ProposalResponsePayload)\n",
    after: [
      "\tif cap.Action == nil {",
      '\t\tlogger.Warningf("no endorsed action, skipping tx at height (%d,%d)", blockNum, txNum)',
      "\t\treturn",
      "\t}",
      "",
      "\tpRespPayload, err := protoutil.UnmarshalProposalResponsePayload(cap.Action.ProposalResponsePayload)",
      "",
    ].join("\n"),
  },
];

/** All that is mended in the programs built here. */
export const fabricPatches: readonly Patch[] = [...ordererRestart, ...unreadableEnvelopes];

/** The source with the patch in it. @throws RangeError when the place is not there exactly once. */
export function patched(source: string, { file, before, after }: Patch): string {
  const parts = source.split(before);
  if (parts.length !== 2) throw new RangeError(`${file} does not hold the place to mend exactly once`);
  return parts.join(after);
}
