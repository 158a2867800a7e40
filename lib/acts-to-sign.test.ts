import { describe, expect, it } from "vitest";
import { collectingActs, noteActToSign } from "./acts-to-sign";

const act = (id: string) => ({ id, person: "irene" });

describe("acts that an action has queued", () => {
  it("are those of its own work, however many actions run at once", async () => {
    const collected = await Promise.all(
      ["one", "two"].map((id) =>
        collectingActs(async () => {
          await Promise.resolve();
          noteActToSign(act(id));
          return id;
        }),
      ),
    );
    expect(collected).toEqual([
      { outcome: "one", acts: [act("one")] },
      { outcome: "two", acts: [act("two")] },
    ]);
  });

  it("are nobody's outside of an action", async () => {
    noteActToSign(act("lost"));
    expect(await collectingActs(async () => "done")).toEqual({ outcome: "done", acts: [] });
  });
});
