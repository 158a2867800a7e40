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

/** The source with the patch in it. @throws RangeError when the place is not there exactly once. */
export function patched(source: string, { file, before, after }: Patch): string {
  const parts = source.split(before);
  if (parts.length !== 2) throw new RangeError(`${file} does not hold the place to mend exactly once`);
  return parts.join(after);
}
