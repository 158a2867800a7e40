import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BALLOT_TYPES, type BallotContent } from "../ballots/content";
import {
  type BallotLayout,
  ballotLayout,
  decodeBallot,
  encodeBallot,
  plaintextLength,
} from "./ballot-layout";
import { equalBytes } from "./bytes";
import { SealedError } from "./errors";

/** A layout and a ballot that fits it, as an honest page writes it. */
const ballots = fc
  .record({
    type: fc.constantFrom(...BALLOT_TYPES),
    projects: fc.integer({ min: 1, max: 40 }),
    most: fc.option(fc.integer({ min: 1, max: 40 }), { nil: null }),
    attempt: fc.integer({ min: 1, max: 255 }),
  })
  .chain(({ type, projects, most, attempt }) => {
    const layout = ballotLayout({ type, maxChoices: type === "choice" ? 1 : most }, projects);
    const numbers = Array.from({ length: projects }, (_, i) => i + 1);
    const chosen = fc
      .shuffledSubarray(numbers, { maxLength: layout.slots })
      .map((choices) => (type === "ranking" ? choices : choices.sort((a, b) => a - b)).map(String));
    return chosen.chain((choices) => {
      if (type !== "points")
        return fc.constant({ layout, attempt, content: { type, choices } as BallotContent });
      const point = fc
        .tuple(fc.integer({ min: -999_999, max: 999_999 }), fc.constantFrom("", ".5", ".125", ".000000001"))
        .map(([whole, part]) => `${whole}${part}`);
      return fc
        .array(point, { minLength: choices.length, maxLength: choices.length })
        .map((points) => ({ layout, attempt, content: { type, choices, points } as BallotContent }));
    });
  });

test("every kind of ballot comes back as it was, and all of a round are equally long", () => {
  fc.assert(
    fc.property(ballots, ({ layout, attempt, content }) => {
      const bytes = encodeBallot(layout, { attempt, content });
      expect(bytes.length).toBe(plaintextLength(layout));
      expect(decodeBallot(layout, bytes)).toEqual({ attempt, content });
    }),
    { numRuns: 1000 },
  );
});

test("there is one encoding of a ballot: other bytes are another ballot, or none", () => {
  const changes = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })), {
    minLength: 1,
    maxLength: 3,
  });
  fc.assert(
    fc.property(ballots, changes, ({ layout, attempt, content }, list) => {
      const bytes = encodeBallot(layout, { attempt, content });
      const altered = bytes.slice();
      for (const [at, by] of list) altered[at % bytes.length] = (altered[at % bytes.length] as number) ^ by;
      if (equalBytes(altered, bytes)) return;
      let read: ReturnType<typeof decodeBallot>;
      try {
        read = decodeBallot(layout, altered);
      } catch (error) {
        expect(error).toBeInstanceOf(SealedError);
        return;
      }
      expect(read).not.toEqual({ attempt, content });
      if (read.content.choices.every((id) => Number(id) <= layout.projects)) {
        expect(encodeBallot(layout, read)).toEqual(altered);
      }
    }),
    { numRuns: 2000 },
  );
});

describe("an approval ballot of three places among nine projects", () => {
  const layout: BallotLayout = ballotLayout({ type: "approval", maxChoices: 3 }, 9);
  const plain = (choices: string[], attempt = 1) =>
    encodeBallot(layout, { attempt, content: { type: "approval", choices } });

  test("choices are sorted: their order could say who votes", () => {
    expect(plain(["7", "2"])).toEqual(plain(["2", "7"]));
    expect([...plain(["7", "2"])]).toEqual([1, 1, 0, 2, 0, 2, 0, 7, 0, 0]);
  });

  test.each([
    ["too short", [1, 1, 0, 1, 0, 2, 0, 0, 0]],
    ["too long", [1, 1, 0, 1, 0, 2, 0, 0, 0, 0, 0]],
    ["attempt zero", [0, 1, 0, 1, 0, 2, 0, 0, 0, 0]],
    ["of another type", [1, 3, 0, 1, 0, 2, 0, 0, 0, 0]],
    ["more choices than places", [1, 1, 0, 4, 0, 2, 0, 3, 0, 4]],
    ["not sorted", [1, 1, 0, 2, 0, 7, 0, 2, 0, 0]],
    ["a choice twice", [1, 1, 0, 2, 0, 2, 0, 2, 0, 0]],
    ["choice zero", [1, 1, 0, 1, 0, 0, 0, 0, 0, 0]],
    ["a word in a free place", [1, 1, 0, 1, 0, 2, 0, 0, 0, 9]],
  ])("is refused: %s", (_, bytes) => {
    expect(() => decodeBallot(layout, Uint8Array.from(bytes))).toThrow(
      expect.objectContaining({ code: "malformed" }),
    );
  });

  test("a number that is not on the ballot can be read: it is void with its own reason", () => {
    const read = decodeBallot(layout, Uint8Array.of(1, 1, 0, 1, 0x27, 0x10, 0, 0, 0, 0));
    expect(read.content.choices).toEqual(["10000"]);
  });

  test.each<[string, string[], number]>([
    ["a project that is not on the ballot", ["10"], 1],
    ["an id that is no number", ["one"], 1],
    ["a number written otherwise", ["07"], 1],
    ["more choices than places", ["1", "2", "3", "4"], 1],
    ["a choice twice", ["1", "1"], 1],
    ["an attempt too many", ["1"], 256],
  ])("is not written: %s", (_, choices, attempt) => {
    expect(() => plain(choices, attempt)).toThrow(expect.objectContaining({ code: "not_encodable" }));
  });
});

test("points keep nine decimals, and no more digits than a count takes", () => {
  const layout = ballotLayout({ type: "points", maxChoices: 1 }, 1);
  const encode = (points: string) =>
    encodeBallot(layout, { attempt: 1, content: { type: "points", choices: ["1"], points: [points] } });
  const back = (points: string) => decodeBallot(layout, encode(points)).content;
  expect(back("10")).toMatchObject({ points: ["10"] });
  expect(back("2.50")).toMatchObject({ points: ["2.5"] });
  expect(back("-0,000000001")).toMatchObject({ points: ["-0.000000001"] });
  for (const wrong of ["1000000", "0.0000000001", "many", ""]) {
    expect(() => encode(wrong)).toThrow(expect.objectContaining({ code: "not_encodable" }));
  }
  const beyond = encode("1").fill(0x7f, 6);
  expect(() => decodeBallot(layout, beyond)).toThrow(expect.objectContaining({ code: "malformed" }));
});
