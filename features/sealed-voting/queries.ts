import "server-only";
import { cache } from "react";
import { db } from "@/lib/db";
import type { RecordOf } from "@/protocol/records";
import { closingOf } from "@/protocol/records/rounds";
import { issuerNumberOf, NO_AREA, POSTING_ISSUER } from "@/protocol/records/sealed";
import { ballotLayout } from "@/voting/sealed/ballot-layout";
import type { SealedParameters } from "./parameters";

export type Sealing = RecordOf<"sealing">;

/** What a sealed round has beside its round; null for a round with open ballots and for one that nobody has announced. */
export const sealingOf = cache(async (municipality: string, round: string): Promise<Sealing | null> => {
  const row = await db.chainSealing.findUnique({ where: { municipality_id: { municipality, id: round } } });
  return row && (row.record as unknown as Sealing);
});

export async function roundRecordOf(municipality: string, id: string): Promise<RecordOf<"round"> | null> {
  const row = await db.chainRound.findUnique({ where: { municipality_id: { municipality, id } } });
  return row && (row.record as unknown as RecordOf<"round">);
}

/** All that a voter's device needs of a frozen round, as the ledger has it; null before everything is frozen. */
export async function parametersOf(
  { istatCode, slug }: { istatCode: string; slug: string },
  round: string,
): Promise<SealedParameters | null> {
  const where = { municipality: istatCode };
  const [row, sealing, keys] = await Promise.all([
    db.chainRound.findUnique({ where: { municipality_id: { ...where, id: round } } }),
    sealingOf(istatCode, round),
    db.chainIssuerKey.findMany({
      where: { ...where, round },
      orderBy: [{ area: "asc" }, { issuer: "asc" }],
    }),
  ]);
  if (!row || !sealing || sealing.state === "gathering") return null;
  const frozen = row.record as unknown as RecordOf<"round">;
  const { ballot, projects, frozenDigest } = frozen;
  const { relay, copyKeeper, opener } = sealing.services;
  const [first, second, third] = inOrder(sealing.trustees);
  const modulus = (area: number, issuer: number) =>
    keys.find((key) => key.area === area && key.issuer === issuer)?.modulus ?? "";
  if (!relay || !copyKeeper || !opener || !first || !second || !third) return null;
  return {
    version: 1,
    round,
    digest: frozenDigest,
    layout: ballotLayout({ type: ballot.type, maxChoices: ballot.most }, projects.length),
    areas: sealing.areas.map(({ number }) => ({
      number,
      moduli: [modulus(number, 1), modulus(number, 2), modulus(number, 3)],
    })),
    posting: modulus(NO_AREA, POSTING_ISSUER),
    trustees: [first.key, second.key, third.key],
    ...{ opener, relay, copyKeeper },
    groupSize: sealing.groupSize,
    closesAt: closingOf(frozen),
    bundle: sealing.bundle,
    addresses: {
      issuers: ["/sealed/issuer/1", "/sealed/issuer/2", "/sealed/issuer/3"],
      relay: "/sealed/relay",
      ledger: `/api/sealed/${slug}/${round}`,
    },
  };
}

/** Trustees' released keys, by the trustee's number. */
export function releasedKeys({ released }: Sealing): { trustee: number; secret: string }[] {
  return inOrder(released).map(({ organisation, secret }) => ({
    trustee: issuerNumberOf[organisation],
    secret,
  }));
}

function inOrder<One extends { organisation: keyof typeof issuerNumberOf }>(list: readonly One[]): One[] {
  return [...list].sort((a, b) => issuerNumberOf[a.organisation] - issuerNumberOf[b.organisation]);
}

export interface RoundNumbers {
  /** Since the announcement, as each issuer told last; in steps of 20. */
  readonly issued: readonly {
    readonly organisation: "Comune" | "Case" | "Garanti";
    readonly count: number;
  }[];
  /** Ballots on the ledger; null as long as their number would tell how the vote goes. */
  readonly recorded: number | null;
}

/** @param isTold whether ballots may be told */
export async function numbersOf(municipality: string, round: string, isTold: boolean): Promise<RoundNumbers> {
  const [told, recorded] = await Promise.all([
    db.chainIssuance.findMany({ where: { municipality, round }, orderBy: { day: "asc" } }),
    isTold ? db.chainSealedBallot.count({ where: { municipality, round } }) : null,
  ]);
  const issued = (["Comune", "Case", "Garanti"] as const).flatMap((organisation) => {
    const last = told.findLast(({ issuer }) => issuer === issuerNumberOf[organisation]);
    if (!last) return [];
    const { issued: areas } = last.record as unknown as RecordOf<"issuance">;
    return [{ organisation, count: areas.reduce((sum, { count }) => sum + count, 0) }];
  });
  return { issued, recorded };
}

/** What issuers have told, day by day. */
export async function issuancesOf(municipality: string, round: string): Promise<RecordOf<"issuance">[]> {
  const rows = await db.chainIssuance.findMany({ where: { municipality, round }, select: { record: true } });
  return rows.map(({ record }) => record as unknown as RecordOf<"issuance">);
}

/** Which keys issuers have offered. */
export function issuerKeysOf(
  municipality: string,
  round: string,
): Promise<{ issuer: number; area: number }[]> {
  return db.chainIssuerKey.findMany({ where: { municipality, round }, select: { issuer: true, area: true } });
}

/**
 * Sealed rounds that are closed and not final: whoever voted checks them now. Nobody knows who that is, so that everybody
 * is asked.
 */
export async function roundsToCheck(municipality: string): Promise<{ slug: string; title: string }[]> {
  const closed = await db.chainRound.findMany({
    where: { municipality, ballotKind: "sealed", state: { in: ["closed", "counted", "attested"] } },
    select: { id: true },
  });
  return db.round.findMany({
    where: { municipality, id: { in: closed.map(({ id }) => id) } },
    select: { slug: true, title: true },
    orderBy: { closesAt: "desc" },
  });
}
