import { divide, type Rational, rational, ZERO } from "../rational";
import type { Outcome } from "./outcome";
import type { Tally } from "./tally";

/** A project that dropped out of Equal Shares: from then on its supporters hold less than it costs. */
export interface DropOut {
  readonly project: number;
  /** Money units its supporters held together when it dropped out. */
  readonly held: Rational;
}

/** Who paid what for a project that Equal Shares bought. */
export interface Payment {
  /** Money units for each point unit, or for each supporter without points. */
  readonly price: Rational;
  /** Cost / price: as many supporters (point units) paying the full price would have sufficed. */
  readonly effectiveVotes: Rational;
  /** Voters who paid the full price. */
  readonly full: number;
  /** Voters who paid less: all they had left. */
  readonly partial: number;
  /** Supporters who had nothing left. */
  readonly nothing: number;
  /** Money units that those who paid less gave together. */
  readonly partialPaid: Rational;
}

/** One purchase of Equal Shares. */
export interface SharesRound {
  readonly project: number;
  readonly payment: Payment;
  /** Projects that cannot be afforded any more after this purchase. */
  readonly dropped: readonly DropOut[];
}

/** A run of Equal Shares told again from its prices, with everything that an explanation needs. */
export interface Replay {
  /** Whether prices are for each point unit. */
  readonly withPoints: boolean;
  readonly endowment: Rational;
  /** Projects whose supporters could not have paid even with all their money. */
  readonly droppedAtStart: readonly DropOut[];
  readonly rounds: readonly SharesRound[];
  /** For each project, what its supporters paid in each round for another one, by project; money units. */
  readonly paidElsewhere: readonly ReadonlyMap<number, Rational>[];
}

/**
 * Replays the purchases in an outcome of Equal Shares. Prices are those of the outcome; all sums are whole
 * numbers over one denominator that fits them all.
 */
export function replayShares(tally: Tally, outcome: Outcome, withPoints: boolean): Replay {
  const { projects } = tally.instance;
  const indexOf = new Map(projects.map(({ id }, index) => [id, index]));
  const purchases = outcome.steps.flatMap((step) =>
    step.kind === "equal-shares" ? [{ project: indexOf.get(step.project) ?? 0, price: step.price }] : [],
  );
  const endowment = outcome.endowment ?? ZERO;
  const denominator = purchases.reduce((lcm, { price }) => lcm * rational(price.d, lcm).n, endowment.d);
  const whole = (value: Rational) => value.n * (denominator / value.d);
  const money = (units: bigint) => rational(units, denominator);

  const left = Array.from({ length: tally.blocs }, () => whole(endowment));
  const held = tally.supporterCount.map((count) => BigInt(count) * whole(endowment));
  const paidElsewhere = projects.map(() => new Map<number, bigint>());
  const out = new Set<number>();
  const dropOut = (): DropOut[] => {
    const dropped: DropOut[] = [];
    projects.forEach(({ cost }, project) => {
      const has = held[project] ?? 0n;
      if (out.has(project) || (tally.supporterCount[project] ?? 0) === 0 || has >= cost * denominator) return;
      out.add(project);
      dropped.push({ project, held: money(has) });
    });
    return dropped;
  };

  const droppedAtStart = dropOut();
  const rounds = purchases.map(({ project, price }): SharesRound => {
    const paid = { full: 0, partial: 0, nothing: 0, partialPaid: 0n };
    const perPoint = whole(price);
    for (let e = tally.offsets[project] ?? 0; e < (tally.offsets[project + 1] ?? 0); e++) {
      const bloc = tally.supporters[e] ?? 0;
      const voters = tally.weight[bloc] ?? 0;
      const has = left[bloc] ?? 0n;
      const due = withPoints ? perPoint * BigInt(tally.points?.[e] ?? 1) : perPoint;
      const amount = has < due ? has : due;
      if (has >= due) paid.full += voters;
      else if (has > 0n) paid.partial += voters;
      else paid.nothing += voters;
      if (amount === 0n) continue;
      const together = amount * BigInt(voters);
      if (has < due) paid.partialPaid += together;
      left[bloc] = has - amount;
      for (const other of supportedBy(tally, bloc)) {
        held[other] = (held[other] ?? 0n) - together;
        if (other === project || out.has(other)) continue;
        const before = paidElsewhere[other]?.get(project) ?? 0n;
        paidElsewhere[other]?.set(project, before + together);
      }
    }
    out.add(project);
    const payment = {
      price,
      effectiveVotes: divide(rational(projects[project]?.cost ?? 0n), price),
      full: paid.full,
      partial: paid.partial,
      nothing: paid.nothing,
      partialPaid: money(paid.partialPaid),
    };
    return { project, payment, dropped: dropOut() };
  });
  return {
    withPoints,
    endowment,
    droppedAtStart,
    rounds,
    paidElsewhere: paidElsewhere.map(
      (paid) => new Map([...paid].map(([project, units]) => [project, money(units)])),
    ),
  };
}

/** The projects that the voters of a bloc support. */
function supportedBy(tally: Tally, bloc: number): number[] {
  const { profile } = tally.instance;
  const ballot = tally.firstBallot[bloc] ?? 0;
  const supported: number[] = [];
  for (let e = profile.offsets[ballot] ?? 0; e < (profile.offsets[ballot + 1] ?? 0); e++) {
    if (profile.points === null || (profile.points[e] ?? 0) > 0) supported.push(profile.projects[e] ?? 0);
  }
  return supported;
}
