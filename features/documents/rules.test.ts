import { describe, expect, it } from "vitest";
import { fileProblem, MAX_FILE_BYTES, safeFileName, saltedBytes } from "./rules";

describe("fileProblem", () => {
  it("keeps a file whose bytes are what its name says", () => {
    expect(fileProblem("relazione.PDF", 9_000_000, "application/pdf")).toBeUndefined();
    expect(fileProblem("cortile.jpeg", MAX_FILE_BYTES, "image/jpeg")).toBeUndefined();
  });

  it("names what is wrong", () => {
    expect(fileProblem("a.pdf", 0, undefined)).toBe("file_empty");
    expect(fileProblem("a.pdf", MAX_FILE_BYTES + 1, "application/pdf")).toBe("file_too_large");
    expect(fileProblem("a.exe", 10, "application/x-msdownload")).toBe("file_type_unknown");
    expect(fileProblem("a", 10, "application/pdf")).toBe("file_type_unknown");
    expect(fileProblem("a.pdf", 10, "application/zip")).toBe("file_type_differs");
    expect(fileProblem("a.pdf", 10, undefined)).toBe("file_type_differs");
    expect(fileProblem("a.png", 10, "image/jpeg")).toBe("file_type_differs");
  });
});

describe("safeFileName", () => {
  it("drops folders and control characters, and keeps the ending of a long name", () => {
    expect(safeFileName("C:\\Documenti\\piano.pdf")).toBe("piano.pdf");
    expect(safeFileName("../../etc/passwd")).toBe("passwd");
    expect(safeFileName("pia\u0000no\r\n.pdf")).toBe("piano.pdf");
    expect(safeFileName(`${"x".repeat(300)}.pdf`)).toMatch(/^x{116}\.pdf$/);
    expect(safeFileName("")).toBe("file");
  });
});

describe("saltedBytes", () => {
  it("does not depend on the order of members", () => {
    expect(saltedBytes("00", { b: 1, a: "x" })).toBe(saltedBytes("00", { a: "x", b: 1 }));
  });
});
