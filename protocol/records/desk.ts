/** What happens at the desk of a Casa in a sealed round: stations with their sheets, people vouched for, sheets as they are counted. */
import { z } from "zod";
import { Day, Digest, Id, IstatCode, Organisation } from "../primitives";
import { Choices } from "./rounds";
import { AreaNumber, MOST_DISTRICTS } from "./sealed";

export const stationStates = ["open", "told", "closed"] as const;
export const voucherStates = ["vouched", "confirmed"] as const;
export const sheetsStates = ["entered", "confirmed"] as const;

/** What somebody is vouched for: a sheet of paper, or a credential for the device of the Casa. */
export const voucherPurposes = ["paper", "credential"] as const;
/** Why a sheet says nothing that could be counted. */
export const sheetFaults = ["unreadable", "recognisable"] as const;

/** Sheets of one area are entered together so many at least, so that none tells whose it is. */
export const LEAST_SHEETS = 10;
export const MOST_SHEETS = 100;
export const MOST_STATIONS = 200;
/** Sheets that a station gets of one area. */
const Sheets = z.int().min(0).max(100_000);

const Taker = z.strictObject({ organisation: Organisation, person: Id });

/** Sheets of an area at a station: what it got is what it gave, spoiled, kept and lost. */
export const AreaBalance = z.strictObject({
  area: AreaNumber,
  /** To people, one each. */
  given: Sheets,
  /** Given back spoiled, and replaced. */
  spoiled: Sheets,
  unused: Sheets,
  lost: Sheets,
  /** Found in the box. */
  cast: Sheets,
});
export type AreaBalance = z.infer<typeof AreaBalance>;

/** Key `(municipality, "station", round, station)`. */
export const StationRecord = z.strictObject({
  municipality: IstatCode,
  round: Id,
  /** Of the Casa. */
  id: Id,
  state: z.enum(stationStates),
  /** What it got before the first was given. */
  delivered: z
    .array(z.strictObject({ area: AreaNumber, sheets: Sheets }))
    .min(1)
    .max(MOST_DISTRICTS),
  openedBy: Taker,
  openedOn: Day,
  balance: z
    .strictObject({
      areas: z.array(AreaBalance).min(1).max(MOST_DISTRICTS),
      /** Of the public text on what went wrong, where sheets are lost or did not come back. */
      incidentsDigest: Digest.optional(),
      by: Taker,
      on: Day,
    })
    .optional(),
  closedBy: Taker.optional(),
  closedOn: Day.optional(),
});

/** Key `(municipality, "voucher", round, digest)`: two people of two organisations have seen who somebody is. */
export const VoucherRecord = z.strictObject({
  municipality: IstatCode,
  round: Id,
  /** `paperVoucher` or `credentialVoucher` of `voting/sealed`: only who knows the salted place on the roll can tell whose. */
  id: Digest,
  state: z.enum(voucherStates),
  station: Id,
  area: AreaNumber,
  purpose: z.enum(voucherPurposes),
  by: Taker,
  on: Day,
  confirmedBy: Taker.optional(),
});

/** What a sheet says, or why it says nothing. */
export const Sheet = z.union([z.strictObject(Choices), z.strictObject({ fault: z.enum(sheetFaults) })]);
export type Sheet = z.infer<typeof Sheet>;

/** Key `(municipality, "sheets", round, bundle as 4 digits)`: sheets of one area, of all stations together, in an order that says nothing. */
export const SheetsRecord = z.strictObject({
  municipality: IstatCode,
  round: Id,
  bundle: z.int().min(1).max(9999),
  state: z.enum(sheetsStates),
  area: AreaNumber,
  sheets: z.array(Sheet).min(LEAST_SHEETS).max(MOST_SHEETS),
  by: Taker,
  on: Day,
  confirmedBy: Taker.optional(),
});

export const bundlePart = (bundle: number) => String(bundle).padStart(4, "0");
