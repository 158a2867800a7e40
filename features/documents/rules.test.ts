import { describe, expect, it } from "vitest";
import { fileProblem, MAX_FILE_BYTES, nameProblem, saltedBytes, withEnding } from "./rules";

describe("fileProblem", () => {
  it("keeps a file whose bytes are what its name says", () => {
    expect(fileProblem("relazione.PDF", 9_000_000, "application/pdf")).toBeUndefined();
    expect(fileProblem("cortile.jpeg", MAX_FILE_BYTES, "image/jpeg")).toBeUndefined();
  });

  it("names what is wrong", () => {
    expect(fileProblem("a.pdf", 0, undefined)).toBe("file_empty");
    expect(fileProblem("a.pdf", MAX_FILE_BYTES + 1, "application/pdf")).toBe("file_too_large");
    expect(fileProblem("a.exe", 10, "application/x-msdownload")).toBe("file_type_unknown");
    expect(fileProblem("a", 10, "application/x-msdownload")).toBe("file_type_unknown");
    expect(fileProblem("a", 10, undefined)).toBe("file_type_unknown");
    expect(fileProblem("a.docx", 10, "application/x-cfb")).toBe("file_protected");
    expect(fileProblem("a.pdf", 10, "application/x-cfb")).toBe("file_type_differs");
    expect(fileProblem("a.pdf", 10, "application/zip")).toBe("file_type_differs");
    expect(fileProblem("a.pdf", 10, undefined)).toBe("file_type_differs");
    expect(fileProblem("a.png", 10, "image/jpeg")).toBe("file_type_differs");
  });
});

describe("a name without an ending", () => {
  it("is judged by the bytes, and gets the ending of what they are", () => {
    expect(nameProblem("senzaestensione", 10)).toBeUndefined();
    expect(fileProblem("senzaestensione", 10, "application/pdf")).toBeUndefined();
    expect(withEnding("senzaestensione", "application/pdf")).toBe("senzaestensione.pdf");
    expect(withEnding("piano.", "application/pdf")).toBe("piano.pdf");
  });

  it("leaves an ending that is right, and changes that of a picture made into another type", () => {
    expect(withEnding("cortile.JPEG", "image/jpeg")).toBe("cortile.JPEG");
    expect(withEnding("IMG_0001.HEIC", "image/jpeg")).toBe("IMG_0001.jpg");
  });
});

describe("saltedBytes", () => {
  it("does not depend on the order of members", () => {
    expect(saltedBytes("00", { b: 1, a: "x" })).toBe(saltedBytes("00", { a: "x", b: 1 }));
  });
});
