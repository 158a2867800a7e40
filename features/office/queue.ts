/** An office's queue as its address says it. Pure. */
import { z } from "zod";
import { parseEuro, typedEuro } from "@/lib/money";
import type { RecordType } from "@/protocol/records";

/** What a duty is about, as people tell them apart, with the records it is on. */
export const queueKinds = {
  proposals: ["proposal"],
  rounds: ["round", "call"],
  pacts: ["pact", "paper"],
  work: ["milestone", "report"],
  payments: ["payment"],
  register: ["office", "passkey", "municipality"],
  comments: ["comment"],
} as const satisfies Record<string, readonly (RecordType | "comment")[]>;
export type QueueKind = keyof typeof queueKinds;
/** A record that something is to be done about: each is found under one kind. */
export type DutyKind = (typeof queueKinds)[QueueKind][number];

export const queueColumns = ["since", "due", "amount", "commons", "task"] as const;
export type QueueColumn = (typeof queueColumns)[number];

export const PER_PAGE = 25;

export type QueueFilter = {
  search: string;
  kind: QueueKind | undefined;
  district: number | undefined;
  isLate: boolean;
  isMine: boolean;
  /** At least this amount. */
  leastCents: bigint | undefined;
  column: QueueColumn;
  direction: "ascending" | "descending";
  page: number;
};

type Query = Readonly<Record<string, string | string[] | undefined>>;

const words = z.string().trim().max(100).catch("");
const kind = z.enum(Object.keys(queueKinds) as [QueueKind, ...QueueKind[]]).optional();
const column = z.enum(queueColumns).catch("since");
const whole = (least: number, most: number) => z.coerce.number().int().min(least).max(most);

/** What an address asks for; what it says wrongly is as if it said nothing. */
export function queueOf(query: Query, locale: "it" | "en"): QueueFilter {
  const one = (name: string) => (typeof query[name] === "string" ? query[name] : undefined);
  return {
    search: words.parse(one("q") ?? ""),
    kind: kind.catch(undefined).parse(one("tipo") || undefined),
    district: whole(0, 999)
      .optional()
      .catch(undefined)
      .parse(one("circoscrizione") || undefined),
    isLate: one("ritardo") === "1",
    isMine: one("miei") === "1",
    leastCents: amountOf(one("da"), locale),
    column: column.parse(one("ordina")),
    direction: one("verso") === "descending" ? "descending" : "ascending",
    page: whole(1, 10_000).catch(1).parse(one("pagina")),
  };
}

/** The same as parts of an address, those left out that say nothing. */
export function queryOf(filter: QueueFilter, locale: "it" | "en"): Record<string, string> {
  const { search, kind, district, isLate, isMine, leastCents, column, direction, page } = filter;
  return {
    ...(search && { q: search }),
    ...(kind && { tipo: kind }),
    ...(district !== undefined && { circoscrizione: String(district) }),
    ...(isLate && { ritardo: "1" }),
    ...(isMine && { miei: "1" }),
    ...(leastCents !== undefined && { da: typedEuro(leastCents, locale) }),
    ...(column !== "since" && { ordina: column }),
    ...(direction === "descending" && { verso: direction }),
    ...(page > 1 && { pagina: String(page) }),
  };
}

/** Whether anything narrows the queue; its order and page do not. */
export function isNarrowed(filter: QueueFilter): boolean {
  const { search, kind, district, isLate, isMine, leastCents } = filter;
  return Boolean(search || kind || isLate || isMine) || district !== undefined || leastCents !== undefined;
}

/** A queue that travels in the address of a task, as one value. */
export function readQueue(carried: string | null | undefined, locale: "it" | "en"): QueueFilter {
  return queueOf(Object.fromEntries(new URLSearchParams((carried ?? "").slice(0, 500))), locale);
}

export function carriedQueue(filter: QueueFilter, locale: "it" | "en"): string {
  return new URLSearchParams(queryOf({ ...filter, page: 1 }, locale)).toString();
}

function amountOf(typed: string | undefined, locale: "it" | "en"): bigint | undefined {
  return typed === undefined ? undefined : parseEuro(typed.slice(0, 30), locale);
}
