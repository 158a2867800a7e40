import { createTranslator } from "next-intl";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import messages from "@/messages/it.json";
import { type ErrorTranslator, errorSentence, issueCode, issueParams } from "./error-sentence";

const translator: unknown = createTranslator({ locale: "it", messages, namespace: "errors" });
const sentence = (code: string, params = {}) =>
  errorSentence(translator as ErrorTranslator, "it", code, params);

describe("errorSentence", () => {
  it("fills in money and days as people write them", () => {
    expect(sentence("over_budget", { limitCents: 1_250_000 }).replace(/\u00a0/g, " ")).toContain(
      "12.500,00 €",
    );
    expect(sentence("report_overdue", { id: "r", day: "2026-11-22" })).toContain("22 novembre 2026");
    expect(sentence("too_late", { day: "2026-12-08" })).toBe(
      "È troppo tardi: il termine era l’8 dicembre 2026.",
    );
    expect(sentence("too_early", { instant: "2027-01-10T23:30:00.000Z" })).toBe(
      "È troppo presto: si può fare dall’11 gennaio 2027 alle ore 00:30 (ora italiana).",
    );
  });
  it("gives a code nobody wrote a sentence for as what to quote", () => {
    expect(sentence("no_such_code")).toContain("no_such_code");
  });
});

describe("codes of what a schema refuses", () => {
  const schema = z.object({
    title: z.string().trim().min(1).max(10),
    kind: z.enum(["a", "b"]),
    count: z.coerce.number().int().min(1).max(5),
    day: z.iso.date(),
    email: z.email(),
    own: z.string().refine((text) => text === "x", { error: "dates_out_of_order" }),
    list: z.array(z.string()).min(1),
  });
  const given = {
    title: "t",
    kind: "a",
    count: 1,
    day: "2026-11-22",
    email: "a@b.it",
    own: "x",
    list: ["x"],
  };

  it.each([
    [{ title: undefined }, "required"],
    [{ title: "  " }, "required"],
    [{ title: "x".repeat(10_000) }, "too_long_string"],
    [{ kind: "c" }, "not_a_choice"],
    [{ count: 0 }, "too_small"],
    [{ count: 6 }, "too_large"],
    [{ day: "2026-02-30" }, "not_date"],
    [{ email: "nobody" }, "not_email"],
    [{ own: "y" }, "dates_out_of_order"],
    [{ list: [] }, "required"],
  ])("%j → %s", (change, code) => {
    const parsed = schema.safeParse({ ...given, ...change }, { error: issueCode });
    expect(parsed.error?.issues.map((issue) => issue.message)).toEqual([code]);
    for (const issue of parsed.error?.issues ?? []) {
      expect(sentence(issue.message, issueParams(issue))).not.toContain("{");
      expect(sentence(issue.message, issueParams(issue))).not.toContain("errors.");
    }
  });
});
