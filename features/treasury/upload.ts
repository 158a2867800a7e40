/** The files of one import, taken together: whose they are, whether pages are missing. Pure. */
import { distinct, type Movement } from "./movement";
import type { EntityCodes, TreasuryFile } from "./treasury-file";

export const uploadProblems = [
  "treasury_upload_mixed",
  "treasury_pages_missing",
  "treasury_page_twice",
  "treasury_wrong_entity",
  "treasury_entity_unsaid",
] as const;
export type UploadProblem = (typeof uploadProblems)[number];

export type Upload = Pick<TreasuryFile, "source" | "flow" | "createdAt" | "signed"> & {
  movements: Movement[];
  /** Rows read, with those of receipts and suspended items. */
  rows: number;
};

export type Joined = { upload: Upload } | { problem: UploadProblem; params: Record<string, string | number> };

/** @param own codes that the Comune has set; without any no file of OPI can be told to be its own */
export function joinFiles(files: readonly TreasuryFile[], own: EntityCodes): Joined {
  const [first] = files;
  if (!first) return { problem: "treasury_upload_mixed", params: {} };
  const foreign = files.map((file) => entityProblem(file, own)).find((problem) => problem !== undefined);
  if (foreign) return { problem: foreign, params: {} };
  if (
    files.some(
      ({ source, flow, pages }) => source !== first.source || flow !== first.flow || pages !== first.pages,
    )
  )
    return { problem: "treasury_upload_mixed", params: {} };
  if (first.flow !== null) {
    const pages = files.map(({ page }) => page);
    const twice = pages.find((page, index) => pages.indexOf(page) !== index);
    if (twice !== undefined) return { problem: "treasury_page_twice", params: { page: twice } };
    // Their count comes from the file: what is missing is named without counting up to it.
    if (pages.length < first.pages)
      return {
        problem: "treasury_pages_missing",
        params: { missing: missingOf(pages, first.pages), pages: first.pages },
      };
  }
  return {
    upload: {
      source: first.source,
      flow: first.flow,
      createdAt: files.reduce<string | null>(
        (last, { createdAt }) => (createdAt && createdAt > (last ?? "") ? createdAt : last),
        null,
      ),
      signed: files.every(({ signed }) => signed),
      movements: distinct(files.flatMap(({ movements }) => movements)),
      rows: files.reduce((sum, { movements, others }) => sum + movements.length + others, 0),
    },
  };
}

const SHOWN = 10;

function missingOf(pages: readonly number[], total: number): string {
  const missing: number[] = [];
  for (let page = 1; page <= total && missing.length < SHOWN; page += 1)
    if (!pages.includes(page)) missing.push(page);
  return missing.join(", ") + (total - pages.length > missing.length ? ", …" : "");
}

/** Every code that both know must be the same, and one at least both must know. OIL puts other codes into *codice ente*. */
function entityProblem({ source, entity }: TreasuryFile, own: EntityCodes): UploadProblem | undefined {
  if (source === "csv") return undefined;
  const { office, ...others } = entity;
  const known = Object.entries(others).filter(([name]) => own[name as keyof EntityCodes] !== undefined);
  if (known.some(([name, code]) => own[name as keyof EntityCodes] !== code)) return "treasury_wrong_entity";
  const isOffice = office !== undefined && Object.values(own).includes(office);
  if (office !== undefined && own.office !== undefined && !isOffice) return "treasury_wrong_entity";
  return known.length > 0 || isOffice ? undefined : "treasury_entity_unsaid";
}
