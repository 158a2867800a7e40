/** What went out and came back of a payment, by sources of which each may lack rows. Pure. */
import { isPayment, type Movement } from "./movement";

const sides = ["out", "back"] as const;
type Side = (typeof sides)[number];
type Step = { side: Side; cents: number; on: string };

/** What one source tells, in the order of days; what goes out on a day goes before what comes back. */
type Account = {
  steps: Step[];
  /** The most and the least that was out, beginning with nothing. */
  highest: number;
  lowest: number;
  /** The day on which the least was out. */
  lowestOn: string;
};

type Total = { account: Account; out: number; back: number };

export type Sums = { out: number; back: number; lastOut: string; lastBack: string };

/**
 * `reversed_unpaid`: as much was brought back of which nobody says that it had gone out; `amount_differs`: more came back
 * than the amount; `sources_differ`: the sources tell of rows that do not fit together.
 */
export type Unbalanced = { problem: "reversed_unpaid" | "amount_differs" | "sources_differ"; cents?: number };

/**
 * The fullest account counts for each side, and none is added to another, for all tell of the same money. A source that
 * brings back more than it paid lacks rows from before: what these paid is taken from another source that tells of it, or
 * from the ledger where that leaves one possibility.
 * @param payment whose amount a message without one means
 */
export function balanceOf(
  payment: { state: string; amountCents: number },
  events: readonly Movement[],
): Sums | Unbalanced {
  const accounts = [...Map.groupBy(events, ({ source }) => source).values()]
    .map((own) => accountOf(payment.amountCents, own))
    .filter(({ steps }) => steps.length > 0);
  const totals: Total[] = [];
  for (const account of accounts) {
    const before = paidBefore(payment, account, accounts);
    if (typeof before !== "number") return before;
    totals.push({ account, out: before + sumOf(account, "out"), back: sumOf(account, "back") });
  }
  const out = fullest(totals, "out");
  const back = fullest(totals, "back");
  const net = (payment.state === "paid" ? Math.max(out.cents, payment.amountCents) : out.cents) - back.cents;
  // The last row of all decides whether anything can be out, or all of it.
  const isContradictory =
    out.latest > back.latest ? net <= 0 : out.latest < back.latest && net === payment.amountCents;
  if (out.isWanting || back.isWanting || (totals.length > 1 && out.latest && back.latest && isContradictory))
    return { problem: "sources_differ" };
  return { out: out.cents, back: back.cents, lastOut: out.last, lastBack: back.last };
}

/** The most that a source tells of a side, and whether another has a row that it lacks. */
function fullest(totals: readonly Total[], side: Side) {
  const cents = Math.max(0, ...totals.map((total) => total[side]));
  const told = totals.map((total) => {
    const steps = total.account.steps.filter((step) => step.side === side);
    return { cents: total[side], steps, last: steps.at(-1)?.on ?? "" };
  });
  const most = told.find((one) => one.cents === cents && one.last !== "");
  const last = most?.last ?? "";
  const isWanting = told.some(
    (one) =>
      one.cents < cents &&
      // A payment is told whole by one and in parts by another; each reversal is its own.
      (one.last > last || (side === "back" && !isAmong(one.steps, most?.steps ?? []))),
  );
  const latest =
    told
      .map((one) => one.last)
      .sort()
      .at(-1) ?? "";
  return { cents, last, latest, isWanting };
}

/** Whether the steps' amounts are all among the others', each as often. */
function isAmong(steps: readonly Step[], others: readonly Step[]): boolean {
  const left = others.map(({ cents }) => cents);
  return steps.every(({ cents }) => {
    const at = left.indexOf(cents);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}

function accountOf(amountCents: number, events: readonly Movement[]): Account {
  const steps = events
    .flatMap((event): Step[] => {
      const side = isPayment(event) ? "out" : event.operation === "reversed" ? "back" : undefined;
      return side ? [{ side, cents: event.amountCents ?? amountCents, on: event.on }] : [];
    })
    .sort((a, b) => (a.on === b.on ? sides.indexOf(a.side) - sides.indexOf(b.side) : a.on < b.on ? -1 : 1));
  const account: Account = { steps, highest: 0, lowest: 0, lowestOn: "" };
  let out = 0;
  for (const { side, cents, on } of steps) {
    out += side === "out" ? cents : -cents;
    account.highest = Math.max(account.highest, out);
    if (out < account.lowest) Object.assign(account, { lowest: out, lowestOn: on });
  }
  return account;
}

/** What went out before the first row of a source that lacks some. */
function paidBefore(
  { state, amountCents }: { state: string; amountCents: number },
  account: Account,
  accounts: readonly Account[],
): number | Unbalanced {
  const { lowest, lowestOn, highest } = account;
  if (lowest === 0) return 0;
  const told = Math.max(...accounts.map((other) => sumOf(other, "out", lowestOn)));
  if (told >= sumOf(account, "back", lowestOn)) return told - sumOf(account, "out", lowestOn);
  const unknown = { problem: "reversed_unpaid", cents: -lowest } as const;
  if (state === "ordered") return unknown;
  // Never more is out than the amount, never less than nothing, and what the ledger has as paid went out.
  const least = Math.max(-lowest, state === "paid" ? amountCents - sumOf(account, "out") : 0);
  const most = amountCents - highest;
  if (least > most) return { problem: "amount_differs", cents: sumOf(account, "back") };
  return least === most ? least : unknown;
}

function sumOf({ steps }: Account, side: Side, until?: string): number {
  return steps
    .filter((step) => step.side === side && (until === undefined || step.on <= until))
    .reduce((sum, { cents }) => sum + cents, 0);
}
