/** What two people of two organisations do at a desk: see who somebody is, balance sheets, enter them. */

import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { keepText } from "@/features/documents/text-service";
import type { Prisma } from "@/generated/prisma/client";
import { once, record } from "@/ledger/client/outbox/record";
import { db } from "@/lib/db";
import { fiscalNumberHash } from "@/lib/encryption";
import { ConflictError, InvalidInputError, NotFoundError } from "@/lib/errors";
import { balanceMismatch, castByArea, countOf, sheetsMismatch } from "@/protocol/desk-totals";
import type { Actor } from "@/protocol/primitives";
import type { RecordOf } from "@/protocol/records";
import type { AreaBalance, Sheet } from "@/protocol/records/desk";
import { personOf } from "@/voting/sealed/roll";
import { credentialVoucher, paperVoucher } from "@/voting/sealed/vouchers";
import { type Marking, markOnPaper } from "./issuers";
import { hasDesks } from "./rules";

/** The only one of a round that has desks. */
const AREA = 1;

/** `vouched` and `confirmed` are on their way to the ledger; `waiting` is for somebody of another organisation. */
type Vouching = "vouched" | "confirmed" | "waiting";

export type Seen =
  | { step: Vouching }
  | { step: "asked"; mayVote: boolean; markings: Record<Actor["organisation"], Marking> };

export function openStation(
  actor: Actor,
  round: string,
  station: string,
  sheets: number,
  command: string,
): Promise<void> {
  const { municipality } = actor;
  return once(command, async (tx) => {
    const sealing = await requireSealing(tx, municipality, round);
    if (!hasDesks(sealing)) throw new ConflictError("desk_of_several_areas");
    const house = await tx.house.findUnique({ where: { municipality_id: { municipality, id: station } } });
    if (!house) throw new NotFoundError("house_not_found");
    const input = { municipality, round, station, delivered: [{ area: AREA, sheets }] };
    await record(tx, actor, "desk:openStation", input, { type: "round", id: round }, command);
  });
}

/**
 * Somebody shows who they are. The first who sees it vouches, the second confirms, and from then on the issuers are asked
 * to mark the person: a sheet is given once one of them has, because a credential needs all three.
 */
export async function seePerson(
  actor: Actor,
  round: string,
  station: string,
  fiscalNumber: string,
  command: string,
): Promise<Seen> {
  const { freeze, person, fiscalHash } = await placeOf(actor.municipality, round, fiscalNumber);
  const voucher = { station, purpose: "paper", voucher: bytesToHex(paperVoucher(freeze, person)) } as const;
  const step = await vouch(actor, round, voucher, command);
  if (step !== "complete") return { step };
  const markings = await markOnPaper(round, fiscalHash);
  return { step: "asked", mayVote: Object.values(markings).includes("marked"), markings };
}

/**
 * Somebody shows who they are, and the device that has no sign-in its code. Once two have seen both, the issuers answer
 * that device by themselves: what it draws and what is chosen on it comes by nobody at the desk.
 */
export async function seeDevice(
  actor: Actor,
  round: string,
  station: string,
  fiscalNumber: string,
  deskCode: Uint8Array,
  command: string,
): Promise<Vouching | "complete"> {
  const { freeze, person } = await placeOf(actor.municipality, round, fiscalNumber);
  const voucher = bytesToHex(credentialVoucher(freeze, person, deskCode));
  return vouch(actor, round, { station, purpose: "credential", voucher }, command);
}

type Asked = Pick<RecordOf<"voucher">, "station" | "purpose"> & { readonly voucher: string };

/** `complete` once two organisations have vouched. */
async function vouch(
  actor: Actor,
  round: string,
  { station, purpose, voucher }: Asked,
  command: string,
): Promise<Vouching | "complete"> {
  const { municipality } = actor;
  const row = await db.chainVoucher.findUnique({
    where: { municipality_id: { municipality, id: `${round}/${voucher}` } },
    select: { record: true },
  });
  const known = row?.record as RecordOf<"voucher"> | undefined;
  const isHere = known?.station === station;
  if (known?.state === "confirmed") {
    if (!isHere) throw new ConflictError("vouched_elsewhere");
    return "complete";
  }
  if (isHere && known?.by.organisation === actor.organisation) return "waiting";
  await once(command, async (tx) => {
    const subject = { type: "voucher", id: voucher };
    if (isHere)
      await record(tx, actor, "desk:confirmVoucher", { municipality, round, voucher }, subject, command);
    else {
      const input = { municipality, round, station, area: AREA, purpose, voucher };
      await record(tx, actor, "desk:vouch", input, subject, command);
    }
  });
  return isHere ? "confirmed" : "vouched";
}

async function placeOf(municipality: string, round: string, fiscalNumber: string) {
  const fiscalHash = fiscalNumberHash(fiscalNumber);
  const [frozen, place] = await Promise.all([
    db.chainRound.findUnique({
      where: { municipality_id: { municipality, id: round } },
      select: { frozenDigest: true },
    }),
    db.rollEntry.findUnique({
      where: { municipality_round_fiscalNumberHash: { municipality, round, fiscalNumberHash: fiscalHash } },
      select: { salt: true },
    }),
  ]);
  if (!frozen) throw new NotFoundError("round_not_found");
  if (!place) throw new ConflictError("not_on_the_roll");
  const person = personOf(round, { fiscalHash, salt: place.salt });
  return { fiscalHash, person, freeze: hexToBytes(frozen.frozenDigest) };
}

export function tellBalance(
  actor: Actor,
  round: string,
  station: string,
  sheets: Omit<AreaBalance, "area">,
  incidents: string,
  command: string,
): Promise<void> {
  const { municipality, person } = actor;
  return once(command, async (tx) => {
    const held = await requireStation(tx, municipality, round, station);
    await requireBalance(tx, held, { area: AREA, ...sheets }, incidents !== "");
    const text = { municipality, author: person, text: incidents, public: true };
    const incident = incidents === "" ? {} : { incidentsDigest: await keepText(tx, text) };
    const input = { municipality, round, station, areas: [{ area: AREA, ...sheets }], ...incident };
    await record(tx, actor, "desk:tellBalance", input, { type: "round", id: round }, command);
  });
}

export function closeStation(actor: Actor, round: string, station: string, command: string): Promise<void> {
  const { municipality } = actor;
  return once(command, async (tx) => {
    await requireStation(tx, municipality, round, station);
    const input = { municipality, round, station };
    await record(tx, actor, "desk:closeStation", input, { type: "round", id: round }, command);
  });
}

export function enterSheets(
  actor: Actor,
  round: string,
  bundle: number,
  sheets: readonly Sheet[],
  command: string,
): Promise<void> {
  const { municipality } = actor;
  return once(command, async (tx) => {
    await requireSealing(tx, municipality, round);
    await requireSheets(tx, { municipality, round }, bundle, sheets.length);
    const input = { municipality, round, bundle, area: AREA, sheets: [...sheets] };
    await record(tx, actor, "desk:enterSheets", input, { type: "round", id: round }, command);
  });
}

export function confirmSheets(actor: Actor, round: string, bundle: number, command: string): Promise<void> {
  const { municipality } = actor;
  return once(command, async (tx) => {
    await requireSealing(tx, municipality, round);
    const input = { municipality, round, bundle };
    await record(tx, actor, "desk:confirmSheets", input, { type: "round", id: round }, command);
  });
}

async function requireSealing(
  tx: Prisma.TransactionClient,
  municipality: string,
  id: string,
): Promise<RecordOf<"sealing">> {
  const where = { municipality_id: { municipality, id } };
  const found = await tx.chainSealing.findUnique({ where, select: { record: true } });
  if (!found) throw new NotFoundError("round_not_found");
  return found.record as unknown as RecordOf<"sealing">;
}

async function requireStation(
  tx: Prisma.TransactionClient,
  municipality: string,
  round: string,
  station: string,
): Promise<RecordOf<"station">> {
  const found = await tx.chainStation.findFirst({
    where: { municipality, round, station },
    select: { record: true },
  });
  if (!found) throw new NotFoundError("station_not_found");
  return found.record as unknown as RecordOf<"station">;
}

/** Said at the form, where what was typed is still there: the ledger would say it after the signature. */
async function requireBalance(
  tx: Prisma.TransactionClient,
  { municipality, round, id: station, delivered }: RecordOf<"station">,
  line: AreaBalance,
  hasIncident: boolean,
): Promise<void> {
  const vouched = await tx.chainVoucher.count({
    where: { municipality, round, station, area: line.area, purpose: "paper", state: "confirmed" },
  });
  const got = delivered.find(({ area }) => area === line.area)?.sheets ?? 0;
  const mismatch = balanceMismatch(line, { delivered: got, vouched, hasIncident });
  if (mismatch?.code === "incident_missing") throw new InvalidInputError({ incidents: mismatch.code });
  if (mismatch) throw new ConflictError(mismatch.code, mismatch.params);
}

async function requireSheets(
  tx: Prisma.TransactionClient,
  where: { municipality: string; round: string },
  bundle: number,
  sheets: number,
): Promise<void> {
  const [stations, bundles] = await Promise.all([
    tx.chainStation.findMany({ where, select: { record: true } }),
    tx.chainSheets.findMany({ where: { ...where, bundle: { not: bundle } }, select: { record: true } }),
  ]);
  const records = stations.map(({ record: one }) => one as unknown as RecordOf<"station">);
  const others = bundles.map(({ record: one }) => one as unknown as RecordOf<"sheets">);
  const mismatch = sheetsMismatch(AREA, {
    ...{ cast: castByArea(records).get(AREA) ?? 0, entered: countOf(others, AREA), sheets },
  });
  if (mismatch) throw new ConflictError(mismatch.code, mismatch.params);
}
