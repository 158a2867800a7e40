import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { StartFailure } from "../failure";
import { peersOutOf } from "../msp/policy";
import { readCollections } from "./collections";

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "cocity-collections-"));
  file = join(folder, "collections.json");
});
afterEach(() => rm(folder, { recursive: true }));

const channelPolicy = peersOutOf(2, ["A", "B", "C"]);

async function read(content: unknown) {
  await writeFile(file, typeof content === "string" ? content : JSON.stringify(content));
  return readCollections(file, "channel", "chaincode", channelPolicy);
}

describe("a collections file", () => {
  it("is Fabric's, with its defaults", async () => {
    const collections = await read([
      { name: "plain", policy: "OR('A.member')" },
      {
        name: "guarded",
        policy: "OR('A.member', 'B.member')",
        requiredPeerCount: 1,
        maxPeerCount: 2,
        blockToLive: 30,
        memberOnlyRead: true,
        memberOnlyWrite: true,
        endorsementPolicy: { signaturePolicy: "AND('A.peer', 'B.peer')" },
      },
      {
        name: "channels",
        policy: "OR('A.member')",
        endorsementPolicy: { channelConfigPolicy: "/Channel/Application/Endorsement" },
      },
    ]);
    expect(collections.get("plain")).toEqual({
      name: "plain",
      members: { outOf: 1, rules: [{ mspId: "A", role: "member" }] },
      blockToLive: 0,
      memberOnlyRead: false,
      memberOnlyWrite: false,
    });
    expect(collections.get("guarded")).toMatchObject({
      blockToLive: 30,
      memberOnlyRead: true,
      memberOnlyWrite: true,
      endorsement: { outOf: 2 },
    });
    expect(collections.get("channels")?.endorsement).toBe(channelPolicy);
    expect(collections.get("absent")).toBeUndefined();
  });

  it.each([
    ["not JSON", "["],
    ["no list", {}],
    ["no name", [{ policy: "OR('A.member')" }]],
    ["no policy", [{ name: "a" }]],
    ["a policy that cannot be read", [{ name: "a", policy: "everybody" }]],
    ["a negative life", [{ name: "a", policy: "OR('A.member')", blockToLive: -1 }]],
  ])("with %s is refused by name", async (_, content) => {
    const error = await read(content).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(StartFailure);
    expect(String(error)).toContain(file);
  });
});
