import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import en from "@/messages/en.json";
import italian from "@/messages/it.json";
import { transactionNames, workflow } from "@/protocol/workflow/table";
import { numberOf, sections, stepsOf } from "./description";
import { printedFiles, printedFolder } from "./print";
import { stepIcon } from "./rules";
import { edgesOf, stateGraph } from "./state-graph";

type Texts = { readonly [key: string]: string | Texts };
const at = (texts: Texts, name: string) =>
  name
    .split(":")
    .reduce<string | Texts | undefined>((inner, key) => (inner as Texts | undefined)?.[key], texts);

describe.each(transactionNames)("%s", (name) => {
  it("has a sign, a name and a sentence for the thread, in both languages", () => {
    expect(stepIcon(name)).not.toBe("info");
    for (const messages of [italian, en]) {
      expect(at(messages.workflow.steps, name)).toMatch(/\S{3}/);
      expect(at(messages.thread.steps, name)).toMatch(/\S{3}/);
    }
  });
});

describe("the printed table", () => {
  it("has every step once, under a number of its own", () => {
    expect(sections.flatMap(stepsOf).sort()).toEqual([...transactionNames].sort());
    expect(new Set(transactionNames.map(numberOf)).size).toBe(transactionNames.length);
  });

  it("is what is in the repository: npm run workflow prints it anew", () => {
    const files = printedFiles(en);
    expect(readdirSync(printedFolder).sort()).toEqual([...files.keys()].sort());
    for (const [name, text] of files)
      expect(readFileSync(join(printedFolder, name), "utf8"), name).toBe(text);
  });

  it("says of each step who takes it and what it does", () => {
    const text = printedFiles(en).get("README.md") ?? "";
    expect(text).toMatch(
      /`payments:liquidate`\) \| accounting office \| payment: checked\s→ cleared for payment \|/,
    );
    for (const name of transactionNames) expect(text).toContain(`(\`${name}\`)`);
  });
});

describe("the drawing of a record", () => {
  it.each(sections.flatMap(({ records }) => records))(
    "%s has every state and an arrow for each way between them",
    (record) => {
      const graph = stateGraph(record, (state) => state);
      const ways = new Set(
        transactionNames
          .flatMap((name) =>
            workflow[name].moves
              .filter((move) => move.record === record)
              .flatMap(({ from, to }) =>
                from.flatMap((before) => to.map((after) => [before, after] as const)),
              ),
          )
          .filter(([before, after]) => before !== after)
          .map((way) => way.join(" ")),
      );
      expect(new Set(graph.edges.map(({ from, to }) => `${from} ${to}`))).toEqual(ways);
      // Nothing is drawn outside of the picture.
      for (const { x, y, width, height } of graph.nodes) {
        expect(x - width / 2).toBeGreaterThanOrEqual(0);
        expect(y - height / 2).toBeGreaterThanOrEqual(0);
        expect(x + width / 2).toBeLessThanOrEqual(graph.width);
        expect(y + height / 2).toBeLessThanOrEqual(graph.height);
      }
      expect(edgesOf(record).every(({ numbers }) => numbers.length > 0)).toBe(true);
    },
  );
});
