import { describe, expect, it } from "vitest";
import { readTreasuryFile } from "./read-file";
import { bytesOf, cashJournal, entity, olderJournal, outcomeMessage } from "./test/files";
import { joinFiles } from "./upload";

const own = { office: entity.office, siope: entity.siope, taxCode: entity.taxCode, bank: entity.bank };
const row = { order: 1, amount: "1.00", operation: "ESEGUITO" };
const file = (text: string) => readTreasuryFile(bytesOf(text));
const page = (page: number, pages: number, options = {}) =>
  file(cashJournal([{ ...row, order: page }], { page, pages, ...options }));

describe("joinFiles", () => {
  it("takes all pages of one flow, in any order, as one", () => {
    const joined = joinFiles([page(2, 2), page(1, 2)], own);
    expect(joined).toMatchObject({ upload: { flow: "GDC-20261110ABCDEF1234", rows: 2 } });
    expect("upload" in joined && joined.upload.movements.map(({ order }) => order)).toEqual([1, 2]);
  });

  it("changes nothing while a page is missing, there twice, or of another flow", () => {
    expect(joinFiles([page(2, 3)], own)).toEqual({
      problem: "treasury_pages_missing",
      params: { missing: "1, 3", pages: 3 },
    });
    expect(joinFiles([page(1, 2), page(1, 2)], own)).toMatchObject({ problem: "treasury_page_twice" });
    expect(joinFiles([page(1, 2), page(2, 2, { flow: "GDC-20261111ABCDEF1234" })], own)).toMatchObject({
      problem: "treasury_upload_mixed",
    });
    const outcome = file(outcomeMessage([{ order: 1, outcome: "PAGATO" }]));
    expect(joinFiles([page(1, 1), outcome], own)).toMatchObject({ problem: "treasury_upload_mixed" });
    expect(joinFiles([page(1, 9_999_999)], own)).toMatchObject({ problem: "treasury_pages_missing" });
  });

  it("takes files of the Comune alone", () => {
    expect(joinFiles([page(1, 1, { office: "ALTRO1" })], own)).toMatchObject({
      problem: "treasury_wrong_entity",
    });
    expect(joinFiles([page(1, 1, { siope: "999999999" })], own)).toMatchObject({
      problem: "treasury_wrong_entity",
    });
    expect(joinFiles([page(1, 1)], {})).toMatchObject({ problem: "treasury_entity_unsaid" });
    expect(joinFiles([page(1, 1)], { office: entity.office })).toHaveProperty("upload");
  });

  it("knows the Comune by the codes that OIL gave", () => {
    const older = file(olderJournal([{ ...row, on: "2016-03-03" }]));
    expect(joinFiles([older], own)).toHaveProperty("upload");
    expect(joinFiles([older], { ...own, taxCode: "01234567897" })).toMatchObject({
      problem: "treasury_wrong_entity",
    });
  });
});
