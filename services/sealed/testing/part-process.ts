/*
 * One part as a process of its own, for tests that kill it: its ledger is the test's, asked over a socket.
 *
 *   part-process.ts PART FOLDER SECRET LISTEN LEDGER COPY-KEEPER OPENER
 */
import { startCopyKeeper } from "../../copy-keeper/start";
import { startOpener } from "../../opener/start";
import { startRelay } from "../../relay/start";
import { SocketLedger } from "./socket-ledger";

const [part, folder = "", secret = "", listen = "", ledgerSocket = "", copyKeeper = "", opener = ""] =
  process.argv.slice(2);
const ledger = new SocketLedger(ledgerSocket);
const options = { folder, secret, listen, ledger, now: () => ledger.now, pauseMs: 50 };
if (part === "relay") await startRelay({ ...options, copyKeeper, opener });
else if (part === "copy-keeper") await startCopyKeeper(options);
else await startOpener(options);
process.stdout.write("ready\n");
