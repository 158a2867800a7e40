import { glob, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** What reads with google-protobuf, and why it may: it believes every length. */
const allowed = [
  // Bytes that were read as sound just before.
  "ledger/client/gateway/proposal.ts",
  // The configuration that this ledger itself wrote on its chain.
  "ledger/embedded/ordering/configuration.ts",
  // The configuration that this organisation's own tool has just made.
  "ledger/network/channel.ts",
];

it("messages from outside are read by the tables alone", async () => {
  const found: string[] = [];
  for await (const file of glob("{app,features,ledger,lib,protocol,scripts,services}/**/*.{ts,tsx}", {
    cwd: root,
  })) {
    if (file.includes(".test.")) continue;
    const text = await readFile(`${root}/${file}`, "utf8");
    if (text.includes("deserializeBinary")) found.push(file);
  }
  expect(found.sort()).toEqual(allowed);
});
