import type { PrismaClient } from "../../generated/prisma/client";
import { db } from "../../lib/db";
import { env } from "../../lib/env";
import { readConnection } from "./connection";
import { LedgerGateway } from "./gateway";
import { DatabaseCertificates } from "./identities/database-certificates";
import { Identities } from "./identities/identities";
import { chainReader, municipalService } from "./identities/services";

export interface LedgerAccess {
  readonly gateway: LedgerGateway;
  readonly identities: Identities;
}

const held = globalThis as { cocityLedger?: Promise<LedgerAccess> };

/**
 * The ledger as this process reaches it: the connection of `LEDGER_CONNECTION`, one gRPC client, certificates of the
 * database. Opened when it is first needed; a failure to open it is tried again the next time.
 */
export function ledger(): Promise<LedgerAccess> {
  held.cocityLedger ??= openLedgerAccess(env.LEDGER_CONNECTION, db).catch((error: unknown) => {
    delete held.cocityLedger;
    throw error;
  });
  return held.cocityLedger;
}

/** The same for a program that has a connection file and a database of its own. */
export async function openLedgerAccess(
  connectionFile: string,
  database: PrismaClient,
): Promise<LedgerAccess> {
  const connection = await readConnection(connectionFile);
  const identities = new Identities(new DatabaseCertificates(database), connection);
  const chain = (await identities.signatory(chainReader)).signatory;
  const of = async (municipality: string) =>
    (await identities.signatory(municipalService(municipality))).signatory;
  return { gateway: new LedgerGateway(connection, { chain, of }), identities };
}
