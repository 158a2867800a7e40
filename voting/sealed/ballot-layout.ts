/** A ballot as bytes, of one length for all ballots of a round. */
import type { BallotContent, BallotForm, BallotType } from "../ballots/content";
import { formatDecimal, parseDecimal, rescale } from "../rational";
import { concat, isZero, Reader, uint } from "./bytes";
import { SealedError } from "./errors";

/** What the length follows from, frozen with the round. */
export interface BallotLayout {
  readonly type: BallotType;
  /** Projects are numbered on the ballot from 1. */
  readonly projects: number;
  /** How many choices there is room for. */
  readonly slots: number;
}

export function ballotLayout(
  { type, maxChoices }: Pick<BallotForm, "type" | "maxChoices">,
  projects: number,
): BallotLayout {
  return { type, projects, slots: Math.min(maxChoices ?? projects, projects) };
}

export interface BallotPlaintext {
  /** From 1; raised after every challenge and every change, so that no key serves twice. */
  readonly attempt: number;
  /** Choices are ballot numbers. */
  readonly content: BallotContent;
}

export const MOST_ATTEMPTS = 255;

const typeCodes: Readonly<Record<BallotType, number>> = {
  approval: 1,
  knapsack: 2,
  ranking: 3,
  points: 4,
  choice: 5,
};
const HEADER = 4;
const NUMBER = 2;
const POINTS = 8;
/** Points are whole numbers of 10⁻⁹; fifteen digits, as `validateBallot` allows. */
const DECIMALS = 9;
const MOST_POINTS = 10n ** 15n;

export function plaintextLength({ type, slots }: BallotLayout): number {
  return HEADER + slots * (type === "points" ? NUMBER + POINTS : NUMBER);
}

/**
 * Attempt (1) ‖ type (1) ‖ choices (2) ‖ slots, each a number (2) and, on points ballots, its points (8); free slots are
 * zero. Where order means nothing choices ascend, so that no page can hide a word about the voter in it.
 *
 * @throws {SealedError} `not_encodable` for what this round's ballot has no place for
 */
export function encodeBallot(layout: BallotLayout, { attempt, content }: BallotPlaintext): Uint8Array {
  if (!Number.isInteger(attempt) || attempt < 1 || attempt > MOST_ATTEMPTS) refuse("attempt");
  if (content.type !== layout.type) refuse("type");
  const { choices } = content;
  if (choices.length > layout.slots) refuse("too many choices");
  if (content.type === "points" && content.points.length !== choices.length) refuse("points");
  const entries = choices.map((id, i) => ({
    number: ballotNumber(layout, id),
    points: content.type === "points" ? pointUnits(content.points[i] as string) : null,
  }));
  if (layout.type !== "ranking") entries.sort((a, b) => a.number - b.number);
  if (new Set(entries.map(({ number }) => number)).size !== entries.length) refuse("a choice twice");
  const written = entries.flatMap(({ number, points }) =>
    points === null ? [uint(number, NUMBER)] : [uint(number, NUMBER), signed(points)],
  );
  const used = concat(uint(attempt, 1), uint(typeCodes[layout.type], 1), uint(choices.length, 2), ...written);
  return concat(used, new Uint8Array(plaintextLength(layout) - used.length));
}

/**
 * Reads what `encodeBallot` can write and nothing else, but for choices that are not on the ballot, which are void with
 * a reason of their own.
 *
 * @throws {SealedError} `malformed`
 */
export function decodeBallot(layout: BallotLayout, bytes: Uint8Array): BallotPlaintext {
  if (bytes.length !== plaintextLength(layout)) malformed("length");
  const reader = new Reader(bytes, "ballot");
  const attempt = reader.uint(1);
  if (attempt < 1) malformed("attempt");
  if (reader.uint(1) !== typeCodes[layout.type]) malformed("type");
  const count = reader.uint(2);
  if (count > layout.slots) malformed("too many choices");
  const numbers: number[] = [];
  const points: string[] = [];
  for (let i = 0; i < count; i++) {
    const number = reader.uint(NUMBER);
    if (number === 0) malformed("a choice without a number");
    const inOrder = layout.type === "ranking" ? !numbers.includes(number) : number > (numbers.at(-1) ?? 0);
    if (!inOrder) malformed("order of choices");
    numbers.push(number);
    if (layout.type === "points") points.push(readPoints(reader.take(POINTS)));
  }
  const free = (layout.slots - count) * (layout.type === "points" ? NUMBER + POINTS : NUMBER);
  if (!isZero(reader.take(free))) malformed("a free slot is not empty");
  const choices = numbers.map(String);
  const content: BallotContent =
    layout.type === "points" ? { type: "points", choices, points } : { type: layout.type, choices };
  return { attempt, content };
}

function ballotNumber({ projects }: BallotLayout, id: string): number {
  const number = /^[1-9]\d{0,4}$/.test(id) ? Number(id) : 0;
  if (number < 1 || number > projects) refuse("a choice that is not on the ballot");
  return number;
}

function pointUnits(text: string): bigint {
  const value = parseDecimal(text);
  if (value === null || value.decimals > DECIMALS) refuse("points");
  const units = rescale(value, DECIMALS);
  if (units <= -MOST_POINTS || units >= MOST_POINTS) refuse("points");
  return units;
}

/** Two's complement. */
function signed(units: bigint): Uint8Array {
  const bytes = new Uint8Array(POINTS);
  new DataView(bytes.buffer).setBigInt64(0, units);
  return bytes;
}

function readPoints(bytes: Uint8Array): string {
  const units = new DataView(bytes.buffer).getBigInt64(0);
  if (units <= -MOST_POINTS || units >= MOST_POINTS) malformed("points");
  return formatDecimal(units, DECIMALS);
}

function refuse(what: string): never {
  throw new SealedError("not_encodable", what);
}

function malformed(what: string): never {
  throw new SealedError("malformed", `ballot: ${what}`);
}
