/** Preloaded into a ledger's processes, puts the wall clock of its chaincode five years ahead: days to come can be told. */
const AHEAD_MS = 5 * 365 * 24 * 3600_000;

if (process.argv.includes("--chaincode-address")) {
  const now = Date.now;
  Date.now = () => now() + AHEAD_MS;
}
