import { describe, expect, it } from "vitest";
import { keptRead, reading, writing } from "./kept-reads";

let version = 1_000;
const next = () => {
  version += 1;
  return version;
};
function asker<Answer>(answer: () => Answer) {
  const asked = { times: 0 };
  const ask = async () => {
    asked.times += 1;
    return answer();
  };
  return { asked, ask };
}

describe("a question", () => {
  it("is asked once while nothing was written, also by two at the same time", async () => {
    const { asked, ask } = asker(() => [{ id: 1 }]);
    await reading(next(), async () => {
      await Promise.all([keptRead("a", ask), keptRead("a", ask)]);
      await keptRead("a", ask);
    });
    await reading(version, () => keptRead("a", ask));
    expect(asked.times).toBe(1);
  });

  it("is asked again once something was written, by anybody or by the request itself", async () => {
    const { asked, ask } = asker(() => 1);
    await reading(next(), () => keptRead("b", ask));
    await reading(next(), async () => {
      await keptRead("b", ask);
      writing();
      await keptRead("b", ask);
    });
    expect(asked.times).toBe(3);
  });

  it("of a request that came before others saw something newer is its own", async () => {
    const { asked, ask } = asker(() => 1);
    const before = next();
    await reading(next(), () => keptRead("c", ask));
    await reading(before, () => keptRead("c", ask));
    expect(asked.times).toBe(2);
  });

  it("outside of a request is always asked", async () => {
    const { asked, ask } = asker(() => 1);
    await keptRead("d", ask);
    await keptRead("d", ask);
    expect(asked.times).toBe(2);
  });

  it("that failed is asked again", async () => {
    let fails = true;
    const { ask } = asker(() => {
      if (fails) throw new Error("no");
      return "yes";
    });
    await reading(next(), async () => {
      await expect(keptRead("e", ask)).rejects.toThrow("no");
      fails = false;
      expect(await keptRead("e", ask)).toBe("yes");
    });
  });
});

describe("an answer", () => {
  it("can be sorted, added to and changed without the next one seeing it", async () => {
    const { ask } = asker(() => [{ id: 2 }, { id: 1 }]);
    await reading(next(), async () => {
      const rows = await keptRead("f", ask);
      rows.sort((a, b) => a.id - b.id);
      rows.push({ id: 3 });
      (rows[0] as { id: number }).id = 9;
      expect(await keptRead("f", ask)).toEqual([{ id: 2 }, { id: 1 }]);
    });
  });

  it("that is a file is kept while it is small and one of a few", async () => {
    const file = (bytes: number) => asker(() => new Uint8Array(bytes));
    const [first, large, ...others] = [
      file(9),
      file(1_000_001),
      ...Array.from({ length: 16 }, () => file(9)),
    ];
    await reading(next(), async () => {
      await keptRead("first", first?.ask ?? expect.fail());
      await keptRead("first", first?.ask ?? expect.fail());
      expect(first?.asked.times).toBe(1);
      for (let times = 0; times < 2; times += 1) await keptRead("large", large?.ask ?? expect.fail());
      expect(large?.asked.times).toBe(2);
      for (const [index, { ask }] of others.entries()) await keptRead(`file ${index}`, ask);
      await keptRead("first", first?.ask ?? expect.fail());
      expect(first?.asked.times).toBe(2);
    });
  });

  it("is copied all the way down; days, amounts and bytes stay what they are", async () => {
    const given = { record: { parts: [[1]] }, at: new Date(0), amount: 1n, bytes: new Uint8Array([1]) };
    const { ask } = asker(() => given);
    await reading(next(), async () => {
      const first = await keptRead("g", ask);
      first.record.parts[0]?.push(2);
      first.record.parts.push([3]);
      expect(await keptRead("g", ask)).toEqual({ ...given, record: { parts: [[1]] } });
      expect(first.at).toBeInstanceOf(Date);
      expect(first.bytes).toBeInstanceOf(Uint8Array);
    });
  });
});
