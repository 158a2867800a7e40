import "server-only";
import { ledger } from "@/ledger/client/process";
import { db } from "@/lib/db";
import type { Viewer } from "@/lib/permissions";
import { relyingPartyId } from "@/protocol/acts/origins";
import { countsOn } from "@/protocol/in-office";
import type { RecordOf } from "@/protocol/records";
import type { TransactionName } from "@/protocol/transactions";
import { namesIn } from "./names-queries";

/** An act that waits for the signature of the person who looks. */
export type WaitingAct = {
  id: string;
  transaction: TransactionName;
  input: unknown;
  /** The last day of the ledger on which it can be signed. */
  expiresOn: string | null;
  /** Why it has to be signed again. */
  error: { code: string; params: Readonly<Record<string, string | number>> } | null;
};

/** What waits for a person's signature in a municipality, oldest first. */
export async function waitingActs(municipality: string, viewer: Viewer): Promise<WaitingAct[]> {
  const rows = await db.outboxItem.findMany({
    where: { municipality, person: viewer.id, status: "to_sign" },
    orderBy: { sequence: "asc" },
    take: 200,
  });
  return rows.map((row) => ({
    id: row.id,
    transaction: row.transaction as TransactionName,
    input: row.input,
    expiresOn: row.expiresOn,
    error:
      row.errorCode === null
        ? null
        : { code: row.errorCode, params: (row.errorParams ?? {}) as Record<string, string | number> },
  }));
}

/** A passkey with which somebody signs here; a resident's signs nothing of an office. */
export type SigningPasskey = { credential: string; rpId: string; trial: boolean; resident: boolean };

/**
 * The passkeys of a person that count today on this site, as the ledger has them.
 * @param origin of the site they sign on
 */
export async function passkeysHere(
  municipality: string,
  viewer: Viewer,
  origin: string,
): Promise<SigningPasskey[]> {
  const { gateway } = await ledger();
  const get = <T>(type: "passkey" | "day", id: string) =>
    gateway.evaluate("records:get", { municipality, type, idParts: [id] }) as Promise<T | null>;
  const [known, day] = await Promise.all([
    db.chainPasskey.findMany({ where: { municipality, person: viewer.id }, select: { id: true } }),
    get<RecordOf<"day">>("day", "day"),
  ]);
  const passkeys = await Promise.all(known.map(({ id }) => get<RecordOf<"passkey">>("passkey", id)));
  return passkeys.flatMap((passkey) =>
    passkey && countsOn(passkey, day?.day ?? "") && passkey.rpId === relyingPartyId(origin)
      ? [
          {
            ...{ credential: passkey.credential, rpId: passkey.rpId },
            ...{ trial: passkey.trial ?? false, resident: passkey.resident ?? false },
          },
        ]
      : [],
  );
}

/** An act of a person as the ledger has it. */
export type OwnAct = {
  transactionId: string;
  transaction: string;
  day: string;
  /** The act as it was signed, where this site carried it; what there is of it otherwise is in the proof. */
  act: string | null;
  /** The role it was done in. */
  role: string;
  /** The organisation whose program carried it. */
  carriedBy: string | null;
  /** Signed with a passkey; a certificate's otherwise. */
  passkey: string | null;
};

/** Acts on one page of *acts in my name*. */
export const ACTS_ON_A_PAGE = 50;

/** Every act of a person in a municipality, newest first: in office, and what they signed as a party. */
export async function ownActs(
  municipality: string,
  viewer: Viewer,
  page = 1,
): Promise<{ acts: OwnAct[]; count: number }> {
  const signed = { OR: [{ role: { not: "resident" } }, { passkey: { not: null } }] };
  const where = { municipality, person: viewer.id, code: 0, ...signed };
  const [rows, count] = await Promise.all([
    db.chainTransaction.findMany({
      where,
      orderBy: [{ block: "desc" }, { index: "desc" }],
      skip: (page - 1) * ACTS_ON_A_PAGE,
      take: ACTS_ON_A_PAGE,
    }),
    db.chainTransaction.count({ where }),
  ]);
  const items = await db.outboxItem.findMany({
    where: { municipality, person: viewer.id, id: { in: rows.flatMap(({ command }) => command ?? []) } },
    select: { id: true, act: true },
  });
  const acts = new Map(items.map(({ id, act }) => [id, act]));
  return {
    acts: rows.map((row) => ({
      transactionId: row.id,
      transaction: row.name ?? "",
      day: row.day ?? "",
      act: acts.get(row.command ?? "") ?? null,
      role: row.role ?? "",
      carriedBy: row.carriedBy,
      passkey: row.passkey,
    })),
    count,
  };
}

/** Names of what some acts are about, as the site has them. */
export async function namesOfActs(
  municipality: string,
  acts: readonly Pick<OwnAct, "act">[],
): Promise<Record<string, string>> {
  return namesIn(
    municipality,
    acts.flatMap(({ act }) => (act === null ? [] : [JSON.parse(act) as unknown])),
  );
}
