import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { partStates } from "./parts";

it("says which parts answer, and nothing where they are elsewhere", async () => {
  expect(await partStates(undefined)).toEqual([]);
  const folder = await mkdtemp(join(tmpdir(), "cocity-parts-"));
  const server = createServer((_, response) => response.end("{}"));
  await new Promise<void>((resolve) => server.listen(join(folder, "relay.sock"), resolve));
  const states = await partStates(folder);
  expect(states).toHaveLength(6);
  expect(states.filter(({ answers }) => answers)).toEqual([{ part: "relay", answers: true }]);
  server.close();
  await rm(folder, { recursive: true });
});
