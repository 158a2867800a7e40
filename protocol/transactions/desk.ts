/** Voting at the desk of a Casa in a sealed round: who somebody is, sheets of paper, and their count. Two people of two organisations do each. */
import { z } from "zod";
import { Digest, Id } from "../primitives";
import { AreaBalance, LEAST_SHEETS, MOST_SHEETS, Sheet, StationRecord, VoucherRecord } from "../records/desk";
import { AreaNumber, MOST_DISTRICTS } from "../records/sealed";
import { define, input } from "./definition";

const desk = ["responsible_officer", "coordinator", "guarantor"] as const;
const bundle = z.int().min(1).max(9999);

export const deskTransactions = {
  /** A Casa where people can vote at the desk, with the sheets that it got. */
  "desk:openStation": define(
    desk,
    input({ round: Id, station: Id, delivered: StationRecord.shape.delivered }),
  ),
  /** Somebody at the desk has a place on the roll. */
  "desk:vouch": define(
    desk,
    input({
      round: Id,
      station: Id,
      area: AreaNumber,
      purpose: VoucherRecord.shape.purpose,
      voucher: Digest,
    }),
  ),
  /** Somebody of another organisation has seen the same person. */
  "desk:confirmVoucher": define(desk, input({ round: Id, voucher: Digest })),
  /** After the closing: where the station's sheets are. Told again while nobody has confirmed it. */
  "desk:tellBalance": define(
    desk,
    input({
      round: Id,
      station: Id,
      areas: z.array(AreaBalance).min(1).max(MOST_DISTRICTS),
      incidentsDigest: Digest.optional(),
    }),
  ),
  /** Somebody of another organisation has counted the same. */
  "desk:closeStation": define(desk, input({ round: Id, station: Id })),
  /** Sheets of one area as they are read, in the order of their texts. Entered again while nobody has confirmed them. */
  "desk:enterSheets": define(
    desk,
    input({ round: Id, bundle, area: AreaNumber, sheets: z.array(Sheet).min(LEAST_SHEETS).max(MOST_SHEETS) }),
  ),
  /** Somebody of another organisation reads the same on them. */
  "desk:confirmSheets": define(desk, input({ round: Id, bundle })),
} as const;
