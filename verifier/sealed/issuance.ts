/** What issuers told of each day, against the roll and against the ballots. */
import type { RecordOf } from "../../protocol/records";
import { issuerNumberOf } from "../../protocol/records/sealed";
import { STEP } from "../../voting/sealed/areas";
import { type Context, placeOf, type RoundRecord, type SealingRecord, type Taken } from "../round/context";
import type { Register } from "../round/register";
import type { Standing } from "./ballots";
import { isOver } from "./closing";

type Issuance = RecordOf<"issuance">;

export class Issuances {
  readonly #last = new Map<number, Issuance>();
  /** Issuers whose last report is of all that they issued: nothing is issued once the vote is over. */
  readonly #whole = new Set<number>();

  constructor(
    private readonly context: Context,
    private readonly register: Register,
  ) {}

  take(told: Issuance, round: RoundRecord | undefined, sealing: SealingRecord, taken: Taken): void {
    const { placed, actor } = taken;
    const { findings } = this.context;
    const place = `${placeOf(placed)}: issuer ${told.issuer} on ${told.day}`;
    findings.checked("issuance");
    if (actor && issuerNumberOf[actor.organisation] !== told.issuer)
      findings.fault("issuance", `${place}: told by ${actor.organisation}`);
    const counts = countsOf(told);
    for (const [area, count] of counts) {
      const size = sealing.areas.find(({ number }) => number === area)?.size;
      if (size === undefined) findings.fault("issuance", `${place}: there is no area ${area}`);
      else if (count > size)
        findings.fault("issuance", `${place}: ${count} credentials for ${size} places in area ${area}`);
      if (count % STEP !== 0) findings.fault("issuance", `${place}: a count that is in no whole step`);
    }
    const before = this.#last.get(told.issuer);
    if (before) {
      if (told.day <= before.day) findings.fault("issuance", `${place}: after ${before.day} was told`);
      const falls = [...countsOf(before)].some(([area, count]) => (counts.get(area) ?? 0) < count);
      if (falls || told.refused < before.refused || told.paper < before.paper)
        findings.fault("issuance", `${place}: a count is lower than before`);
    }
    this.#last.set(told.issuer, told);
    if (round && isOver(this.context, this.register, round, taken)) this.#whole.add(told.issuer);
  }

  /** Counts are told in steps, so that up to 19 more may have been issued than was told. */
  finish(sealing: SealingRecord, standing: Iterable<Standing>, given: ReadonlyMap<number, number>): void {
    const { findings } = this.context;
    const online = new Map<number, number>();
    for (const { area } of standing) online.set(area, (online.get(area) ?? 0) + 1);
    for (const { number, size } of sealing.areas) {
      const ballots = online.get(number) ?? 0;
      findings.expect(
        "issuance",
        ballots <= size,
        `area ${number}: ${ballots} voters where the roll has ${size} places`,
      );
      const sheets = given.get(number) ?? 0;
      // A credential is whole once the last issuer has signed: so many there are at most.
      const least = [1, 2, 3].map((issuer) => {
        const told = this.#last.get(issuer);
        return told ? (countsOf(told).get(number) ?? 0) : 0;
      });
      findings.expect(
        "issuance",
        Math.max(ballots, Math.min(...least)) + sheets <= size,
        `area ${number}: credentials and ${sheets} sheets are more than its ${size} places`,
      );
      for (const [issuer, told] of this.#last) {
        const most = (countsOf(told).get(number) ?? 0) + STEP - 1;
        const text = `area ${number}: ${ballots} voters, and issuer ${issuer} told of fewer credentials than that`;
        if (this.#whole.has(issuer)) findings.expect("issuance", ballots <= most, text);
        else if (ballots > most) findings.note("issuance", `${text}, and of none after the closing`);
      }
    }
    const total = sealing.areas.reduce((sum, { size }) => sum + size, 0);
    for (const [issuer, told] of this.#last) {
      const issued = [...countsOf(told).values()].reduce((sum, count) => sum + count, 0);
      findings.expect(
        "issuance",
        issued + told.paper <= total,
        `issuer ${issuer}: credentials and paper are more than the roll`,
      );
    }
    for (const issuer of [1, 2, 3])
      if (!this.#last.has(issuer))
        findings.note(
          "issuance",
          `issuer ${issuer} has told of no day: its credentials are compared with the roll alone`,
        );
  }
}

function countsOf({ issued }: Issuance): Map<number, number> {
  return new Map(issued.map(({ area, count }) => [area, count]));
}
