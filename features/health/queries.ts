import "server-only";
import { type ScannerState, scannerState } from "@/features/documents/scanner-service";
import { type MailMode, mailMode } from "@/features/notifications/mail-mode-rules";
import { readConnection } from "@/ledger/client/connection";
import { ledgerHealth, metricsText } from "@/ledger/client/health";
import { bears, metrics } from "@/ledger/client/metrics";
import { type AnprState, anprState } from "@/lib/anpr/settings";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import { type FederationState, federationState } from "@/lib/federation/settings";
import { type PartState, partStates } from "./parts";

export type LedgerKind = "embedded" | "fabric";

let knownKind: LedgerKind | undefined;

/** Which kind of ledger stands behind this site, for as long as it runs; undefined while its description cannot be read. */
export async function ledgerKind(): Promise<LedgerKind | undefined> {
  try {
    knownKind ??= (await readConnection(env.LEDGER_CONNECTION)).kind;
  } catch {
    return undefined;
  }
  return knownKind;
}

export type Health = {
  /**
   * `degraded`: pages can be read, but something is amiss: a peer or the whole ledger does not answer, what was asked
   * for waits for over a minute, the projection has stopped at a block that does not follow (the worker's log says
   * which), the virus scanner that is configured does not answer, so that no file is taken, the settings of SPID and CIE or of ANPR cannot be used, or a part of sealed rounds does not answer. `down`: the database does not answer.
   */
  status: "ok" | "degraded" | "down";
  ledger: LedgerKind | null;
  /** Number of blocks of the chain; null while the ledger does not answer. */
  height: number | null;
  /** Number of blocks the projection has read. */
  projectionHeight: number | null;
  /** Items on their way to the ledger. */
  outbox: number | null;
  database: "pglite" | "postgresql";
  /** Whether uploaded files are scanned for viruses; `off` where no scanner is configured. */
  scanner: ScannerState;
  /** Where mail goes: by a mail server, in a trial into mailboxes on its own pages, or nowhere. */
  mail: MailMode;
  /** Sign-in by the federations of SPID and CIE: `wrong` where its settings cannot be used; the log says why. */
  federation: FederationState;
  /** Looking up in ANPR who lives where: `wrong` where its settings cannot be used; the log says why. */
  residence: AnprState;
  /** Which parts of sealed rounds answer, where they are on this machine. */
  parts: PartState[];
  /** Number of blocks each peer has; null while it does not answer. */
  peers: { organisation: string; height: number | null }[];
};

/** An item takes a second or two; this long it only waits where nobody sends or nobody takes. */
const longestWaitSeconds = 60;

export async function health(): Promise<Health> {
  const [kind, found, scanner, parts] = await Promise.all([
    ...([ledgerKind(), ledgerHealth(db), scannerState(), partStates(env.SEALED_SOCKETS)] as const),
  ]);
  const { height, projectionHeight, outbox, peers } = found;
  const amiss =
    height === null ||
    found.alarm !== null ||
    scanner === "unreachable" ||
    federationState() === "wrong" ||
    anprState() === "wrong" ||
    parts.some(({ answers }) => !answers) ||
    peers.some((peer) => peer.height === null) ||
    (found.waitingSeconds ?? 0) > longestWaitSeconds;
  return {
    status: outbox === null ? "down" : amiss ? "degraded" : "ok",
    ledger: kind ?? null,
    height,
    projectionHeight,
    outbox,
    database: env.DATABASE_KIND,
    scanner,
    mail: mailMode(),
    federation: federationState(),
    residence: anprState(),
    parts,
    peers: peers.map(({ mspId, height: blocks }) => ({ organisation: mspId, height: blocks })),
  };
}

/**
 * The site's metrics in Prometheus' text format for whoever bears the token.
 * @param authorization the request's header
 * @returns undefined where the environment sets no token: then there are none; null for whoever does not bear it
 */
export async function siteMetrics(
  authorization: string | null,
): Promise<{ contentType: string; text: string } | null | undefined> {
  if (env.METRICS_TOKEN === undefined) return undefined;
  if (!bears(authorization, env.METRICS_TOKEN)) return null;
  return { contentType: metrics().registry.contentType, text: await metricsText(db) };
}
