/** People who voted at desks: whom two organisations vouched for, where each sheet of paper is, and what the sheets say. */
import { canonicalJson } from "../../protocol/canonical-json";
import type { RecordOf } from "../../protocol/records";
import { LEAST_SHEETS } from "../../protocol/records/desk";
import { type BallotContent, contentOfNumbers } from "../../voting/ballots/content";
import { type Context, placeOf, type RoundRecord, type SealingRecord, type Taken } from "../round/context";

type Station = RecordOf<"station">;
type Voucher = RecordOf<"voucher">;
type Sheets = RecordOf<"sheets">;
type Taker = Station["openedBy"];

/** What sheets add to the ballots that were opened. */
export interface ReadSheets {
  readonly contents: BallotContent[];
  readonly void: number;
  readonly unopened: number;
}

export class Desks {
  readonly #vouchers = new Map<string, Voucher>();
  readonly #stations = new Map<string, Station>();
  readonly #sheets = new Map<number, Sheets>();

  constructor(private readonly context: Context) {}

  takeVoucher(voucher: Voucher, { placed, actor }: Taken): void {
    const place = `${placeOf(placed)}: voucher ${voucher.id.slice(0, 16)}…`;
    const before = this.#vouchers.get(voucher.id);
    const isElsewhere =
      before?.state === "vouched" && voucher.state === "vouched" && before.station !== voucher.station;
    if (!before || isElsewhere) {
      this.#expect(voucher.state === "vouched", `${place}: it begins confirmed`);
      this.#expectTaker(voucher.by, actor, `${place}: it names another person than who vouched`);
    } else {
      const { state: _, confirmedBy: __, ...rest } = voucher;
      const { state: ___, ...same } = before;
      this.#expect(before.state === "vouched", `${place}: it is written again`);
      this.#expect(canonicalJson(rest) === canonicalJson(same), `${place}: another person is confirmed`);
      this.#expectTaker(voucher.confirmedBy, actor, `${place}: it names another person than who confirmed`);
    }
    this.#vouchers.set(voucher.id, voucher);
  }

  takeStation(station: Station, { placed, actor }: Taken): void {
    const place = `${placeOf(placed)}: station ${station.id}`;
    const before = this.#stations.get(station.id);
    if (before) {
      const same = canonicalJson(before.delivered) === canonicalJson(station.delivered);
      this.#expect(same, `${place}: it got other sheets`);
      this.#expect(before.state !== "closed", `${place}: it is written again`);
    }
    if (station.state === "told")
      this.#expectTaker(station.balance?.by, actor, `${place}: it names another person than who told it`);
    if (station.state === "closed") {
      const kept = canonicalJson(before?.balance ?? {}) === canonicalJson(station.balance ?? {});
      this.#expect(kept, `${place}: another balance is confirmed than the one that was told`);
      this.#expectTaker(station.closedBy, actor, `${place}: it names another person than who confirmed`);
    }
    this.#stations.set(station.id, station);
  }

  takeSheets(sheets: Sheets, sealing: SealingRecord | undefined, { placed, actor }: Taken): void {
    const place = `${placeOf(placed)}: bundle ${sheets.bundle}`;
    const before = this.#sheets.get(sheets.bundle);
    const unreleased = (sealing?.released.length ?? 0) === 0;
    this.#expectSheets(unreleased, `${place}: after a key was released`);
    const texts = sheets.sheets.map((sheet) => canonicalJson(sheet));
    const sorted = texts.every((text, index) => index === 0 || (texts[index - 1] as string) <= text);
    this.#expectSheets(sorted, `${place}: its order tells which sheet came first`);
    if (sheets.state === "entered")
      this.#expectTaker(sheets.by, actor, `${place}: it names another person than who entered it`);
    else {
      const { state: _, confirmedBy: __, ...rest } = sheets;
      const { state: ___, ...same } = before ?? { state: "" };
      this.#expectSheets(canonicalJson(rest) === canonicalJson(same), `${place}: other sheets are confirmed`);
      this.#expectTaker(sheets.confirmedBy, actor, `${place}: it names another person than who confirmed it`);
    }
    if (before) this.#expectSheets(before.state === "entered", `${place}: it is written again`);
    this.#sheets.set(sheets.bundle, sheets);
  }

  /** Sheets given to people, as stations told; of one that has not told, as many as people are vouched for. */
  givenByArea(): Map<number, number> {
    const given = new Map<number, number>();
    const add = (area: number, count: number) => given.set(area, (given.get(area) ?? 0) + count);
    for (const { id, delivered, balance } of this.#stations.values())
      if (balance) for (const line of balance.areas) add(line.area, line.given);
      else for (const { area } of delivered) add(area, this.#vouchedFor(id, area));
    return given;
  }

  finish(round: RoundRecord, sealing: SealingRecord): ReadSheets {
    for (const { id, by, confirmedBy } of this.#vouchers.values())
      if (confirmedBy)
        this.#expect(areTwo(by, confirmedBy), `voucher ${id.slice(0, 16)}…: one organisation vouched twice`);
    for (const station of this.#stations.values()) this.#checkBalance(station);
    return this.#readSheets(round, sealing);
  }

  #checkBalance({ id, delivered, balance, closedBy }: Station): void {
    if (!balance) return;
    const areas = balance.areas.map(({ area }) => area);
    const due = delivered.map(({ area }) => area);
    this.#expect([...areas].sort().join() === [...due].sort().join(), `station ${id}: an area is left out`);
    for (const { area, given, spoiled, unused, lost, cast } of balance.areas) {
      const title = `station ${id}, area ${area}`;
      const got = delivered.find((one) => one.area === area)?.sheets;
      const found = given + spoiled + unused + lost;
      this.#expect(found === got, `${title}: it got ${got} sheets and tells of ${found}`);
      this.#expect(cast <= given, `${title}: ${cast} sheets in the box where ${given} were given`);
      const vouched = this.#vouchedFor(id, area);
      this.#expect(
        given <= vouched,
        `${title}: ${given} sheets were given, and ${vouched} people vouched for`,
      );
      const isWhole = lost === 0 && cast === given;
      this.#expect(
        isWhole || balance.incidentsDigest !== undefined,
        `${title}: sheets are missing without a word`,
      );
    }
    if (closedBy)
      this.#expect(areTwo(balance.by, closedBy), `station ${id}: one organisation told and confirmed`);
  }

  #vouchedFor(station: string, area: number): number {
    let count = 0;
    for (const one of this.#vouchers.values())
      if (
        one.station === station &&
        one.area === area &&
        one.purpose === "paper" &&
        one.state === "confirmed"
      )
        count += 1;
    return count;
  }

  #readSheets(round: RoundRecord, sealing: SealingRecord): ReadSheets {
    const cast = new Map<number, number>();
    for (const { balance } of this.#stations.values())
      for (const line of balance?.areas ?? []) cast.set(line.area, (cast.get(line.area) ?? 0) + line.cast);
    const isTold = sealing.paper !== undefined;
    if (sealing.released.length > 0 && this.#stations.size > 0)
      this.#expectSheets(isTold, "keys were released while sheets waited");
    const contents: BallotContent[] = [];
    let voided = 0;
    const read = new Map<number, number>();
    for (const { area, bundle, sheets, by, confirmedBy } of this.#sheets.values()) {
      if (confirmedBy)
        this.#expectSheets(
          areTwo(by, confirmedBy),
          `bundle ${bundle}: one organisation entered and confirmed`,
        );
      else if (isTold) this.#expectSheets(false, `bundle ${bundle}: nobody confirmed it`);
      read.set(area, (read.get(area) ?? 0) + sheets.length);
      for (const sheet of sheets)
        if ("fault" in sheet) voided += 1;
        else contents.push(contentOfNumbers(round.ballot.type, sheet.choices, sheet.points));
    }
    let unopened = 0;
    for (const area of new Set([...cast.keys(), ...read.keys()])) {
      const found = cast.get(area) ?? 0;
      const entered = read.get(area) ?? 0;
      const opened = found >= LEAST_SHEETS;
      if (!opened) unopened += found;
      const due = opened ? found : 0;
      const fits = isTold ? entered === due : entered <= due;
      this.#expectSheets(fits, `area ${area}: ${entered} sheets are entered where ${due} are to be`);
    }
    if (sealing.paper) {
      const due = [...cast]
        .sort(([one], [other]) => one - other)
        .map(([number, found]) => ({ number, cast: found, opened: found >= LEAST_SHEETS }));
      const same = canonicalJson(sealing.paper.areas) === canonicalJson(due);
      this.#expectSheets(same, "what is told of all sheets is not what stations and bundles say");
      const closed = [...this.#stations.values()].every(({ state }) => state === "closed");
      this.#expectSheets(closed, "sheets were summed up before every station was closed");
    }
    return { contents, void: voided, unopened };
  }

  #expectTaker(told: Taker | undefined, actor: Taken["actor"], text: string): void {
    const same =
      told !== undefined && told.organisation === actor?.organisation && told.person === actor.person;
    this.context.findings.expect("writers", same, text);
  }

  #expect(holds: boolean, text: string): void {
    this.context.findings.expect("desks", holds, text);
  }

  #expectSheets(holds: boolean, text: string): void {
    this.context.findings.expect("sheets", holds, text);
  }
}

function areTwo(one: Taker, other: Taker): boolean {
  return one.organisation !== other.organisation && one.person !== other.person;
}
