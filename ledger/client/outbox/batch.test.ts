import { describe, expect, it } from "vitest";
import { batchKeyOf, mergedInput, resultsOf } from "./batch";

const ballot = (key: string, seq = 1) => ({ key, seq, choices: [1], signature: "0".repeat(128) });
const cast = (...ballots: ReturnType<typeof ballot>[]) => ({ municipality: "001272", round: "r", ballots });
const signed = { transaction: "rounds:cast", municipality: "001272", signer: "casting" } as const;

describe("ballots that share a transaction", () => {
  it("are those of one round, one ballot an item", () => {
    expect(batchKeyOf({ ...signed, input: cast(ballot("a")) })).toBe(
      batchKeyOf({ ...signed, input: cast(ballot("b")) }),
    );
    expect(batchKeyOf({ ...signed, input: { ...cast(ballot("b")), round: "s" } })).not.toBe(
      batchKeyOf({ ...signed, input: cast(ballot("b")) }),
    );
    expect(batchKeyOf({ ...signed, input: cast(ballot("a"), ballot("b")) })).toBeNull();
    expect(batchKeyOf({ ...signed, transaction: "rounds:close", input: { id: "r" } })).toBeNull();
  });

  it("go into one argument in their order", () => {
    expect(mergedInput([cast(ballot("a")), cast(ballot("b"))])).toEqual(cast(ballot("a"), ballot("b")));
  });

  it("learn each their own result", () => {
    const answer = {
      txId: "0",
      ballots: [
        { key: "a", seq: 1, accepted: true },
        { key: "b", seq: 2, accepted: false, code: "key_not_admitted" },
      ],
    };
    const inputs = [cast(ballot("a")), cast(ballot("b", 2))];
    expect(resultsOf("rounds:cast", inputs, Buffer.from(JSON.stringify(answer)))).toEqual([
      {},
      { refused: { code: "key_not_admitted", params: { key: "b", seq: 2 } } },
    ]);
  });
});
