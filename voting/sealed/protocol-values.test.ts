import { expect, test } from "vitest";
import { protocolValues } from "./testing/protocol-values";
import values from "./vectors/protocol.json" with { type: "json" };

test("the values of the written protocol are those that the code makes", async () => {
  expect(await protocolValues()).toEqual(values);
});
