/** What waits for whom in a sealed round, along the chaincode's own story of one with people at desks. */
import { describe, expect, test, vi } from "vitest";
import { City } from "@/chaincode/testing/city";
import {
  entering,
  sheets,
  voucherOf,
  vouching,
  withBalancesTold,
  withDeskClosed,
  withDeskPublished,
  withDeskReleased,
  withSheetsConfirmed,
  withSheetsEntered,
  withStationsClosed,
  withVouched,
} from "@/chaincode/testing/desk-story";
import { people, torino } from "@/chaincode/testing/people";
import { closeVote, id, released, trustees, withSealedPublished } from "@/chaincode/testing/sealed-story";
import type { RecordOf } from "@/protocol/records";
import { sealedSteps } from "./sealed-steps";

vi.setConfig({ testTimeout: 240_000 });

function stepsIn(city: City): string[] {
  return sealedSteps({
    sealing: city.record("sealing", id),
    roundState: city.record("round", id).state,
    stations: city.state.all<RecordOf<"station">>(torino, "station"),
    bundles: city.state.all<RecordOf<"sheets">>(torino, "sheets"),
    vouchers: city.state
      .all<RecordOf<"voucher">>(torino, "voucher")
      .filter(({ state: voucherState }) => voucherState === "vouched"),
  }).map(({ transaction, part, by }) => [transaction, part, by.join(" ")].filter(Boolean).join(" | "));
}

const all = "Comune Case Garanti";

describe("a sealed round waits", () => {
  test.each([
    ["while people vote", withVouched, []],
    [
      "for the balance of each station once it is closed",
      withDeskClosed,
      [`desk:tellBalance | casa-one | ${all}`, `desk:tellBalance | casa-two | ${all}`],
    ],
    [
      "for another organisation to confirm a balance",
      withBalancesTold,
      ["desk:closeStation | casa-one | Comune Garanti", "desk:closeStation | casa-two | Comune Garanti"],
    ],
    ["for the sheets", withStationsClosed, [`desk:enterSheets | ${all}`]],
    [
      "for another organisation to read them",
      withSheetsEntered,
      ["desk:confirmSheets | 0001 | Comune Garanti"],
    ],
    ["for programs once they are confirmed", withSheetsConfirmed, []],
    [
      "for the sheets before any key, also where all ballots are published",
      withDeskPublished,
      ["desk:confirmSheets | 0001 | Comune Garanti"],
    ],
    ["for nobody once they are released", withDeskReleased, []],
    ["for the trustees' keys where nobody voted on paper", withSealedPublished, [`sealed:release | ${all}`]],
  ] as const)("%s", async (_, story, expected) => {
    expect(stepsIn(await City.after(story))).toEqual(expected);
  });

  test("for a second operator at each desk where somebody was seen by one alone", async () => {
    const city = await City.after(withVouched);
    const see = (actor: (typeof people)["officer"], nth: number, station: "casa-one" | "casa-two") =>
      city.submit(actor, "desk:vouch", vouching({ station, voucher: voucherOf(station, nth) }));
    await see(people.officer, 90, "casa-one");
    await see(people.officer, 91, "casa-one");
    await see(people.coordinator, 92, "casa-one");
    await see(people.guarantor, 93, "casa-two");
    expect(stepsIn(city).sort()).toEqual([
      "desk:confirmVoucher | casa-one/Case | Comune Garanti",
      "desk:confirmVoucher | casa-one/Comune | Case Garanti",
      "desk:confirmVoucher | casa-two/Garanti | Comune Case",
    ]);
    for (const nth of [90, 91])
      await city.submit(people.guarantor, "desk:confirmVoucher", {
        ...{ round: id, voucher: voucherOf("casa-one", nth) },
      });
    expect(stepsIn(city)).not.toContain("desk:confirmVoucher | casa-one/Comune | Case Garanti");
    await closeVote(city);
    expect(stepsIn(city).filter((step) => step.startsWith("desk:confirmVoucher"))).toEqual([]);
  });

  test("for the trustees that have not released yet", async () => {
    const city = await City.after(withDeskPublished);
    await city.submit(people.guarantor, "desk:confirmSheets", { round: id, bundle: 1 });
    expect(stepsIn(city)).toEqual([`sealed:release | ${all}`]);
    await city.submit(trustees[0] as never, "sealed:release", released(0));
    const [first] = city.record("sealing", id).released;
    const left = all.split(" ").filter((one) => one !== first?.organisation);
    expect(stepsIn(city)).toEqual([`sealed:release | ${left.join(" ")}`]);
  });

  test("for the sheets of a bundle that is still missing", async () => {
    const city = await City.after(withStationsClosed);
    // Eleven in all: a rest of one could not be entered.
    await city.submit(people.coordinator, "desk:enterSheets", entering({ sheets }));
    expect(stepsIn(city).some((step) => step.startsWith("desk:enterSheets"))).toBe(false);
  });
});
