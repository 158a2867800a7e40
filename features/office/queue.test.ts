import { describe, expect, it } from "vitest";
import { carriedQueue, isNarrowed, queryOf, queueOf, readQueue } from "./queue";

describe("a queue in the address", () => {
  it("is read back as it was written, in both languages", () => {
    for (const locale of ["it", "en"] as const) {
      const query = {
        ...{ q: "orto", tipo: "payments", circoscrizione: "3", ritardo: "1", miei: "1" },
        ...{ da: locale === "it" ? "1.250,50" : "1,250.50", ordina: "due", verso: "descending", pagina: "2" },
      };
      const filter = queueOf(query, locale);
      expect(filter).toMatchObject({ leastCents: 125_050n, kind: "payments", district: 3, page: 2 });
      expect(queueOf(queryOf(filter, locale), locale)).toEqual(filter);
      expect(readQueue(carriedQueue(filter, locale), locale)).toEqual({ ...filter, page: 1 });
    }
  });

  it("takes what it says wrongly as not said", () => {
    const plain = queueOf({}, "it");
    expect(isNarrowed(plain)).toBe(false);
    const wrong = {
      tipo: "everything",
      circoscrizione: "-1",
      da: "x",
      ordina: "1",
      verso: "up",
      pagina: "0",
    };
    expect(queueOf(wrong, "it")).toEqual(plain);
    expect(queueOf({ q: ["a", "b"], tipo: ["pacts"] }, "it")).toEqual(plain);
    expect(queryOf(plain, "it")).toEqual({});
  });
});
