/** Sheets of paper of a sealed round, counted with the ballots that were opened. Pure. */
import type { RecordOf } from "@/protocol/records";
import { bundlePart, type Sheet } from "@/protocol/records/desk";
import { contentOfNumbers } from "@/voting/ballots/content";
import type { CountedBallot } from "./counting";
import { EvidenceError } from "./evidence-error";

/** Why a sheet of paper says nothing that could be counted. */
export type VoidSheet = Extract<Sheet, { fault: unknown }>["fault"];

/** What sheets say, in the order in which they are on the ledger. */
export interface ReadSheets {
  standing: CountedBallot[];
  lost: { key: string; code: VoidSheet }[];
  unopened: number;
}

/** @throws {EvidenceError} where bundles are not those that the ledger has summed up */
export function readSheets(
  { ballot }: Pick<RecordOf<"round">, "ballot">,
  { sealing, sheets = [] }: { sealing: RecordOf<"sealing">; sheets?: readonly RecordOf<"sheets">[] },
): ReadSheets {
  const areas = sealing.paper?.areas ?? [];
  for (const { number, cast, opened } of areas) {
    const read = sheets.filter(({ area }) => area === number);
    const found = read.reduce((sum, one) => sum + one.sheets.length, 0);
    if (read.some(({ state }) => state !== "confirmed") || found !== (opened ? cast : 0))
      throw new EvidenceError("sheets");
  }
  if (sheets.some(({ area }) => !areas.some(({ number }) => number === area)))
    throw new EvidenceError("sheets");
  const read: ReadSheets = {
    ...{ standing: [], lost: [] },
    unopened: areas.reduce((sum, { cast, opened }) => sum + (opened ? 0 : cast), 0),
  };
  for (const { bundle, sheets: all } of [...sheets].sort((a, b) => a.bundle - b.bundle))
    for (const [index, sheet] of all.entries()) {
      const key = `${bundlePart(bundle)}/${index + 1}`;
      if ("fault" in sheet) read.lost.push({ key, code: sheet.fault });
      else read.standing.push({ key, content: contentOfNumbers(ballot.type, sheet.choices, sheet.points) });
    }
  return read;
}
