import type { GatewayError } from "@hyperledger/fabric-gateway";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { failureOf, freshKey, openTarget, type Session, type Target, textOf } from "./target";

vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });

interface Entry {
  readonly key: string;
  readonly value: string;
}
interface Page<T> {
  readonly results: readonly T[];
  readonly metadata: { readonly bookmark: string; readonly fetchedRecordsCount: number };
}

let target: Target;
let session: Session;

beforeAll(async () => {
  target = await openTarget();
  session = await target.session();
});
afterAll(() => target?.close());

async function ask<T>(name: string, ...args: string[]): Promise<T> {
  return JSON.parse(textOf(await session.contract.evaluateTransaction(name, ...args)));
}

describe("ranges", () => {
  it("give what is from the start to before the end, in order", async () => {
    const prefix = freshKey("range");
    for (const name of ["b", "a", "d", "c"])
      await session.contract.submitTransaction("put", prefix + name, name);
    const found = await ask<Entry[]>("range", `${prefix}a`, `${prefix}d`);
    expect(found.map(({ value }) => value)).toEqual(["a", "b", "c"]);
  });

  it("give more than one message holds", async () => {
    const prefix = freshKey("hundreds");
    await session.contract.submitTransaction("putMany", `${prefix}-`, "250");
    const found = await ask<Entry[]>("range", `${prefix}-`, `${prefix}.`);
    expect(found.map(({ value }) => Number(value))).toEqual(Array.from({ length: 250 }, (_, index) => index));
  });

  it("give exactly what one message holds", async () => {
    const prefix = freshKey("hundred");
    await session.contract.submitTransaction("putMany", `${prefix}-`, "100");
    expect(await ask<Entry[]>("range", `${prefix}-`, `${prefix}.`)).toHaveLength(100);
  });

  it("give nothing where nothing is", async () => {
    const prefix = freshKey("nothing");
    expect(await ask<Entry[]>("range", `${prefix}a`, `${prefix}z`)).toEqual([]);
  });

  it("order keys by their bytes", async () => {
    const prefix = freshKey("bytes");
    // In UTF-16 the last two would change places.
    const names = ["Z", "a", "è", "\uffee", "𝄞"];
    for (const name of [...names].reverse())
      await session.contract.submitTransaction("put", prefix + name, name);
    const found = await ask<Entry[]>("range", prefix, `${prefix}\u{10ffff}`);
    expect(found.map(({ value }) => value)).toEqual(names);
  });

  it("leave composite keys out", async () => {
    const prefix = freshKey("plain");
    await session.contract.submitTransaction("putComposite", JSON.stringify([prefix]), "composite");
    await session.contract.submitTransaction("put", `${prefix}-key`, "plain");
    const found = await ask<Entry[]>("range", "", "");
    expect(found).toContainEqual({ key: `${prefix}-key`, value: "plain" });
    expect(found.some(({ value }) => value === "composite")).toBe(false);
  });
});

describe("pages", () => {
  it("follow each other by their bookmarks", async () => {
    const prefix = freshKey("pages");
    await session.contract.submitTransaction("putMany", `${prefix}-`, "7");
    const seen: string[][] = [];
    let bookmark = "";
    do {
      const page: Page<Entry> = await ask("page", `${prefix}-`, `${prefix}.`, "3", bookmark);
      expect(page.metadata.fetchedRecordsCount).toBe(page.results.length);
      seen.push(page.results.map(({ value }) => value));
      bookmark = page.metadata.bookmark;
    } while (bookmark !== "");
    expect(seen).toEqual([["0", "1", "2"], ["3", "4", "5"], ["6"]]);
  });

  it("name the next key as the bookmark", async () => {
    const prefix = freshKey("bookmark");
    await session.contract.submitTransaction("putMany", `${prefix}-`, "3");
    const page = await ask<Page<Entry>>("page", `${prefix}-`, `${prefix}.`, "2", "");
    expect(page.metadata).toEqual({ bookmark: `${prefix}-0002`, fetchedRecordsCount: 2 });
  });

  it("may be larger than one message", async () => {
    const prefix = freshKey("largepage");
    await session.contract.submitTransaction("putMany", `${prefix}-`, "150");
    const page = await ask<Page<Entry>>("page", `${prefix}-`, `${prefix}.`, "140", "");
    expect(page.results).toHaveLength(140);
    expect(page.metadata.bookmark).toBe(`${prefix}-0140`);
  });

  it("are not for transactions that write", async () => {
    const prefix = freshKey("nowrite");
    const error = (await failureOf(
      session.contract.submitTransaction("pageThenWrite", `${prefix}-`, `${prefix}.`, "2", `${prefix}=`),
    )) as GatewayError;
    expect(error.details[0]?.message).toMatch(/paginated/i);
  });
});

describe("composite keys", () => {
  it("are found by their first parts", async () => {
    const [one, other] = [freshKey("one"), freshKey("other")];
    for (const parts of [
      [one, "b", "2"],
      [one, "a", "1"],
      [other, "a", "9"],
    ])
      await session.contract.submitTransaction("putComposite", JSON.stringify(parts), parts.join("/"));
    const found = await ask<{ parts: string[]; value: string }[]>("partial", JSON.stringify([one]));
    expect(found).toEqual([
      { parts: [one, "a", "1"], value: `${one}/a/1` },
      { parts: [one, "b", "2"], value: `${one}/b/2` },
    ]);
    const narrower = await ask<unknown[]>("partial", JSON.stringify([one, "b"]));
    expect(narrower).toHaveLength(1);
  });

  it("are found a page at a time", async () => {
    const kind = freshKey("kind");
    for (const name of ["a", "b", "c"])
      await session.contract.submitTransaction("putComposite", JSON.stringify([kind, name]), name);
    const first = await ask<Page<string[]>>("partialPage", JSON.stringify([kind]), "2", "");
    expect(first.results).toEqual([
      [kind, "a"],
      [kind, "b"],
    ]);
    const second = await ask<Page<string[]>>(
      "partialPage",
      JSON.stringify([kind]),
      "2",
      first.metadata.bookmark,
    );
    expect(second.results).toEqual([[kind, "c"]]);
    expect(second.metadata.bookmark).toBe("");
  });
});

describe("history", () => {
  it("tells every change of a key, the last one first", async () => {
    const key = freshKey("history");
    const ids: string[] = [];
    for (const [name, ...args] of [
      ["put", key, "first"],
      ["put", key, "second"],
      ["remove", key],
      ["put", key, "third"],
    ] as const) {
      const submitted = await session.contract.submitAsync(name, { arguments: args });
      await submitted.getStatus();
      ids.push(submitted.getTransactionId());
    }
    const told = await ask<{ txId: string; value: string; isDelete: boolean; seconds: number }[]>(
      "history",
      key,
    );
    expect(told.map(({ value, isDelete }) => [value, isDelete])).toEqual([
      ["third", false],
      ["", true],
      ["second", false],
      ["first", false],
    ]);
    expect(told.map(({ txId }) => txId)).toEqual(ids.reverse());
    for (const { seconds } of told) expect(Math.abs(seconds - Date.now() / 1000)).toBeLessThan(120);
  });

  it("does not tell of transactions that were invalid", async () => {
    const key = freshKey("invalid");
    const late = await session.contract.newProposal("increment", { arguments: [key] }).endorse();
    await session.contract.submitTransaction("put", key, "5");
    await (await late.submit()).getStatus();
    const told = await ask<{ value: string }[]>("history", key);
    expect(told.map(({ value }) => value)).toEqual(["5"]);
  });

  it("takes an empty value for a deletion", async () => {
    const key = freshKey("empty");
    await session.contract.submitTransaction("put", key, "value");
    await session.contract.submitTransaction("put", key, "");
    const told = await ask<{ value: string; isDelete: boolean }[]>("history", key);
    expect(told.map(({ value, isDelete }) => [value, isDelete])).toEqual([
      ["", true],
      ["value", false],
    ]);
    expect(await ask<Entry[]>("range", key, `${key}~`)).toEqual([]);
  });

  it("is empty for a key that never was", async () => {
    expect(await ask("history", freshKey("never"))).toEqual([]);
  });
});
