import { timingSafeEqual } from "node:crypto";
import { createServer, type Server } from "node:http";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** What this process counts, for Prometheus; each process has its own. Names and labels bear nothing of a person. */
export type Metrics = ReturnType<typeof makeMetrics>;

// Bundles may hold this module more than once; the counts are one.
const held = globalThis as { cocityMetrics?: Metrics };

export function metrics(): Metrics {
  held.cocityMetrics ??= makeMetrics();
  return held.cocityMetrics;
}

function makeMetrics() {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    submissions: new Counter({
      name: "cocity_submissions_total",
      help: "Items of the outbox that were settled: recorded on the ledger, or failed with a code",
      labelNames: ["transaction", "code"],
      registers,
    }),
    submissionSeconds: new Histogram({
      name: "cocity_submission_seconds",
      help: "From an item's being queued to its receipt, seconds",
      labelNames: ["transaction"],
      buckets: [0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 1800],
      registers,
    }),
    batchItems: new Histogram({
      name: "cocity_transaction_items",
      help: "Items that shared one transaction",
      buckets: [1, 2, 5, 10, 20, 50, 100, 200],
      registers,
    }),
    transactions: new Counter({
      name: "cocity_transactions_total",
      help: "Transactions found in a block, by validation code",
      labelNames: ["code"],
      registers,
    }),
    endorsementFailures: new Counter({
      name: "cocity_endorsement_failures_total",
      help: "Proposals that came to nothing, by the rule that refused them or the gRPC status",
      labelNames: ["code"],
      registers,
    }),
    unknownOutcomes: new Counter({
      name: "cocity_unknown_outcomes_total",
      help: "Times it was not known whether submitted bytes had been ordered, and they were looked up",
      registers,
    }),
    outboxFull: new Counter({
      name: "cocity_outbox_full_total",
      help: "Requests that were asked to come back because the outbox was full",
      registers,
    }),
    peersAway: new Counter({
      name: "cocity_peer_away_total",
      help: "Times that a peer was found not to answer",
      labelNames: ["peer"],
      registers,
    }),
    outboxItems: new Gauge({
      name: "cocity_outbox_items",
      help: "Items that are not settled, by status",
      labelNames: ["status"],
      registers,
    }),
    outboxAge: new Gauge({
      name: "cocity_outbox_oldest_seconds",
      help: "Age of the oldest item on its way, seconds",
      registers,
    }),
    ledgerHeight: new Gauge({ name: "cocity_ledger_height", help: "Blocks on the ledger", registers }),
    peerHeight: new Gauge({
      name: "cocity_peer_height",
      help: "Blocks that a peer has; NaN while it does not answer",
      labelNames: ["peer", "mspId"],
      registers,
    }),
    projectionHeight: new Gauge({
      name: "cocity_projection_height",
      help: "Blocks in the tables",
      registers,
    }),
    projectionLag: new Gauge({
      name: "cocity_projection_lag_blocks",
      help: "Blocks on the ledger that are not in the tables",
      registers,
    }),
    alarms: new Gauge({
      name: "cocity_alarm",
      help: "1 while the projection stands still because the ledger shows what does not follow",
      registers,
    }),
  };
}

/**
 * Serves this process's metrics on loopback, and nothing else, to whoever bears the token: any program on the machine
 * can reach a port.
 */
export function serveMetrics(port: number, token: string, collect: () => Promise<string>): Promise<Server> {
  const server = createServer((request, response) => {
    if (request.url !== "/metrics") return void response.writeHead(404).end();
    if (!bears(request.headers.authorization ?? null, token)) return void response.writeHead(401).end();
    collect().then(
      (text) => response.writeHead(200, { "content-type": metrics().registry.contentType }).end(text),
      () => response.writeHead(503).end(),
    );
  });
  server.maxConnections = 20;
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}

/** Whether an `Authorization` header bears the token. */
export function bears(header: string | null, token: string): boolean {
  const [given, wanted] = [Buffer.from(header ?? ""), Buffer.from(`Bearer ${token}`)];
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
