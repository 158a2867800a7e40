/** Desks and sheets of paper, changed in every way that the protocol excludes. */
import { deskOutcome, voucherOf } from "@/chaincode/testing/desk-story";
import type { RecordOf } from "@/protocol/records";
import { bundlePart } from "@/protocol/records/desk";
import { keyOf } from "./recorded-city";
import { id } from "./sealed-round";
import type { Story } from "./story";
import type { Tampering } from "./tampered-ballots";

const toldOf = (s: Story) => s.the("desk:tellBalance");
const entered = (s: Story) => s.the("desk:enterSheets");
/** Nothing after the first Casa is closed: what follows from its balance is not told. */
const uptoClosed = (s: Story) => s.until(s.the("desk:closeStation"));
const uptoEntered = (s: Story) => s.until(entered(s));
const uptoConfirmed = (s: Story) => s.until(s.the("desk:confirmSheets"));

type Line = NonNullable<RecordOf<"station">["balance"]>["areas"][number];

/** Another line for the second area of the first Casa, as it is told and as it is closed. */
function balanced(story: Story, change: (line: Line) => unknown): Story {
  uptoClosed(story);
  return story.editFrom(toldOf(story), "station", ({ id: station, balance }) => {
    const line = station === "casa-one" && balance?.areas.find(({ area }) => area === 2);
    if (line) change(line);
  });
}

function sheetsFrom(story: Story, change: (record: RecordOf<"sheets">) => unknown): Story {
  return story.editFrom(entered(story), "sheets", change);
}

export const deskTamperings: readonly Tampering[] = [
  [
    "somebody is vouched for by one organisation alone",
    ["writers", "desks"],
    (s) =>
      s.until(s.the("desk:confirmVoucher")).edit(s.the("desk:vouch"), "voucher", (one) => {
        one.by = { organisation: "Comune", person: "irene-officer" };
      }),
  ],
  [
    "a person is confirmed by nobody who is there",
    ["writers"],
    (s) =>
      s.until(s.the("desk:confirmVoucher")).edit(s.the("desk:confirmVoucher"), "voucher", (one) => {
        one.confirmedBy = { organisation: "Garanti", person: "nino-guarantor" };
      }),
  ],
  [
    "another person is confirmed than the one who was vouched for",
    ["desks"],
    (s) =>
      s.until(s.the("desk:confirmVoucher")).edit(s.the("desk:confirmVoucher"), "voucher", (one) => {
        one.station = "casa-two";
      }),
  ],
  [
    "a voucher is confirmed from its beginning",
    ["desks"],
    (s) =>
      s.until(s.the("desk:vouch")).edit(s.the("desk:vouch"), "voucher", (one) => {
        one.state = "confirmed";
      }),
  ],
  [
    "a sheet was given to nobody",
    ["desks"],
    (s) => {
      const dropped = s
        .all("desk:confirmVoucher")
        .filter(({ writes }) =>
          writes.some(([key]) => key === keyOf("voucher", id, voucherOf("casa-one", 0))),
        );
      for (const one of dropped)
        s.edit(one, "voucher", (record) => {
          record.purpose = "credential";
        });
      for (const one of s.all("desk:vouch"))
        if (one.writes.some(([key]) => key === keyOf("voucher", id, voucherOf("casa-one", 0))))
          s.edit(one, "voucher", (record) => {
            record.purpose = "credential";
          });
      uptoClosed(s);
    },
  ],
  [
    "sheets of a station are nowhere",
    ["desks"],
    (s) =>
      balanced(s, (line) => {
        line.unused -= 2;
      }),
  ],
  [
    "there are more sheets in the box than were given",
    ["desks"],
    (s) =>
      balanced(s, (line) => {
        line.cast = line.given + 1;
      }),
  ],
  [
    "sheets are missing without a word",
    ["desks"],
    (s) =>
      uptoClosed(s).editFrom(toldOf(s), "station", ({ balance }) => {
        if (balance) delete balance.incidentsDigest;
      }),
  ],
  [
    "a station gets more sheets after it was opened",
    ["desks"],
    (s) =>
      s.until(toldOf(s)).edit(toldOf(s), "station", ({ delivered, balance }) => {
        for (const line of delivered) line.sheets += 5;
        for (const line of balance?.areas ?? []) line.unused += 5;
      }),
  ],
  [
    "another balance is confirmed than was told",
    ["desks"],
    (s) =>
      uptoClosed(s).edit(s.the("desk:closeStation"), "station", ({ balance }) => {
        const line = balance?.areas[0];
        if (line) Object.assign(line, { given: line.given - 1, unused: line.unused + 1 });
      }),
  ],
  [
    "one organisation tells and confirms a balance",
    ["writers", "desks"],
    (s) => {
      uptoClosed(s);
      s.editFrom(toldOf(s), "station", ({ balance, closedBy }) => {
        if (closedBy && balance) Object.assign(balance.by, closedBy);
      });
      s.edit(toldOf(s), "station", ({ balance }) => {
        if (balance) balance.by = { organisation: "Garanti", person: "nino-guarantor" };
      });
    },
  ],
  [
    "a sheet is changed as it is confirmed",
    ["sheets"],
    (s) =>
      uptoConfirmed(s).edit(s.the("desk:confirmSheets"), "sheets", ({ sheets }) => {
        sheets[10] = structuredClone(sheets[9]) as (typeof sheets)[0];
      }),
  ],
  [
    "sheets are entered in the order of the box",
    ["sheets"],
    (s) =>
      uptoEntered(s).edit(entered(s), "sheets", ({ sheets }) => {
        sheets.reverse();
      }),
  ],
  [
    "more sheets are entered than were in the boxes",
    ["sheets"],
    (s) =>
      uptoEntered(s).edit(entered(s), "sheets", ({ sheets }) => {
        sheets.unshift(structuredClone(sheets[0]) as (typeof sheets)[0]);
      }),
  ],
  [
    "sheets of an area with too few are entered",
    ["sheets"],
    (s) =>
      uptoEntered(s).edit(entered(s), "sheets", (one) => {
        one.area = 3;
      }),
  ],
  [
    "one organisation enters and confirms sheets",
    ["writers", "sheets"],
    (s) => {
      uptoConfirmed(s);
      sheetsFrom(s, (one) => {
        one.by = { organisation: "Garanti", person: "nino-guarantor" };
      });
    },
  ],
  [
    "a sheet is left out, and the sum says so",
    ["sheets"],
    (s) => {
      uptoConfirmed(s);
      sheetsFrom(s, ({ sheets }) => {
        sheets.pop();
      });
    },
  ],
  [
    "the sum of sheets leaves an area out",
    ["sheets"],
    (s) =>
      uptoConfirmed(s).edit(s.the("desk:confirmSheets"), "sealing", ({ paper }) => {
        paper?.areas.pop();
      }),
  ],
  [
    "the sum of sheets is told again",
    ["sheets"],
    (s) =>
      s.until(s.the("sealed:release")).edit(s.the("sealed:release"), "sealing", ({ paper }) => {
        if (paper) paper.on = "2026-02-28";
      }),
  ],
  [
    "keys are released while sheets wait",
    ["sheets"],
    (s) => {
      s.until(s.the("sealed:release"));
      s.drop(s.the("desk:confirmSheets"));
      s.edit(s.the("sealed:release"), "sealing", (sealing) => {
        delete sealing.paper;
      });
    },
  ],
  [
    "sheets are entered once a key is released",
    ["sheets"],
    (s) => {
      s.until(s.the("sealed:release"));
      const late = s.repeat(entered(s), s.the("sealed:release"));
      late.writes = late.writes.map(([key, value]) => [
        key.includes("\0sheets\0") ? keyOf("sheets", id, bundlePart(2)) : key,
        key.includes("\0sheets\0") ? JSON.stringify({ ...JSON.parse(value), bundle: 2 }) : value,
      ]);
    },
  ],
  [
    "the outcome leaves the sheets out",
    ["outcome"],
    (s) =>
      s.until(s.the("rounds:count")).edit(s.the("rounds:count"), "round", (round) => {
        if (round.outcome) Object.assign(round.outcome, { ballots: deskOutcome().ballots - 9 });
      }),
  ],
];
