import { createHash } from "node:crypto";
import { status } from "@grpc/grpc-js";
import { type GatewayError, StatusCode } from "@hyperledger/fabric-gateway";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { failureOf, freshKey, openTarget, type Session, type Target, textOf } from "./target";

vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });

/** Members are all three organisations, or all but the guarantors. */
const [everyone, withoutGaranti] = ["everyone", "withoutGaranti"];

let target: Target;
let session: Session;
let guarantor: Session;

beforeAll(async () => {
  target = await openTarget();
  session = await target.session();
  guarantor = await target.session(await target.person("garanti"));
});
afterAll(() => target?.close());

const put = (key: string, value: string, collection = everyone, through = session) =>
  through.contract.submit("putPrivate", {
    arguments: [collection, key],
    transientData: { value },
    endorsingOrganizations: ["ComuneMSP", "CaseMSP"],
  });

/** Asked of a peer that is a member of both collections. */
const ask = async (name: string, ...args: string[]) =>
  textOf(await session.contract.evaluate(name, { arguments: args, endorsingOrganizations: ["ComuneMSP"] }));

const sha256 = (value: string) => createHash("sha256").update(value).digest("hex");

describe("private data", () => {
  it("is read by members", async () => {
    const key = freshKey("private");
    await put(key, "secret");
    expect(await ask("getPrivate", everyone, key)).toBe("secret");
  });

  it("leaves its hash with everyone and itself out of the blocks", async () => {
    const key = freshKey("hashed");
    const secret = freshKey("a-secret-value");
    const startBlock = BigInt(await height());
    await put(key, secret);
    expect(await ask("getPrivateHash", everyone, key)).toBe(sha256(secret));
    const blocks = await session.network.getBlockEvents({ startBlock });
    for await (const block of blocks) {
      const bytes = Buffer.from(block.serializeBinary());
      expect(bytes.includes(secret)).toBe(false);
      expect(bytes.includes(Buffer.from(sha256(secret), "hex"))).toBe(true);
      break;
    }
    blocks.close();
  });

  it("is absent, with no hash, where nothing was written", async () => {
    const key = freshKey("absent");
    expect(await ask("getPrivate", everyone, key)).toBe("");
    expect(await ask("getPrivateHash", everyone, key)).toBe("");
  });

  it("is replaced and deleted like public data", async () => {
    const key = freshKey("replaced");
    await put(key, "first");
    await put(key, "second");
    expect(await ask("getPrivate", everyone, key)).toBe("second");
    await session.contract.submit("removePrivate", { arguments: [everyone, key] });
    expect(await ask("getPrivate", everyone, key)).toBe("");
    expect(await ask("getPrivateHash", everyone, key)).toBe("");
  });

  it("is found in ranges", async () => {
    const prefix = freshKey("range");
    for (const name of ["c", "a", "b"]) await put(`${prefix}-${name}`, name);
    const found = JSON.parse(await ask("privateRange", everyone, `${prefix}-a`, `${prefix}-c`));
    expect(found).toEqual([
      { key: `${prefix}-a`, value: "a" },
      { key: `${prefix}-b`, value: "b" },
    ]);
  });

  it("needs the transient value to be sent", async () => {
    const error = (await failureOf(
      session.contract.submit("putPrivate", { arguments: [everyone, freshKey("untold")] }),
    )) as GatewayError;
    expect(error).toMatchObject({ code: status.ABORTED });
    expect(error.details[0]?.message).toContain("the transient value is missing");
  });

  it("lets writes without reads pass, the last one standing", async () => {
    const key = freshKey("blind");
    const endorse = (value: string) =>
      session.contract
        .newProposal("putPrivate", { arguments: [everyone, key], transientData: { value } })
        .endorse();
    const [one, two] = [await endorse("one"), await endorse("two")];
    expect((await (await one.submit()).getStatus()).successful).toBe(true);
    expect((await (await two.submit()).getStatus()).successful).toBe(true);
    expect(await ask("getPrivate", everyone, key)).toBe("two");
  });

  it("invalidates the second of two that read and wrote one key", async () => {
    const key = freshKey("conflict");
    const endorse = () =>
      session.contract.newProposal("incrementPrivate", { arguments: [everyone, key] }).endorse();
    const [one, two] = [await endorse(), await endorse()];
    expect((await (await one.submit()).getStatus()).successful).toBe(true);
    expect((await (await two.submit()).getStatus()).code).toBe(StatusCode.MVCC_READ_CONFLICT);
    expect(await ask("getPrivate", everyone, key)).toBe("1");
  });

  it("is searched in transactions that write nothing", async () => {
    const error = (await failureOf(
      session.contract.submitTransaction("privateCountInto", everyone, "a", "z", freshKey("count")),
    )) as GatewayError;
    expect(error.details[0]?.message).toContain(
      "Transaction has already performed queries on pvt data. Writes are not allowed",
    );
  });
});

describe("purging", () => {
  it("removes value and hash", async () => {
    const key = freshKey("purged");
    await put(key, "to be forgotten");
    await session.contract.submit("purgePrivate", { arguments: [everyone, key] });
    expect(await ask("getPrivate", everyone, key)).toBe("");
    expect(await ask("getPrivateHash", everyone, key)).toBe("");
  });

  it("removes earlier values from what is delivered with blocks", async () => {
    const key = freshKey("history");
    const secret = freshKey("forgotten");
    const startBlock = BigInt(await height());
    await put(key, secret);
    expect(await delivered(startBlock, secret)).toBe(true);
    await session.contract.submit("purgePrivate", { arguments: [everyone, key] });
    expect(await delivered(startBlock, secret)).toBe(false);
  });

  it("leaves the key free to be written again", async () => {
    const key = freshKey("again");
    await put(key, "first");
    await session.contract.submit("purgePrivate", { arguments: [everyone, key] });
    await put(key, "second");
    expect(await ask("getPrivate", everyone, key)).toBe("second");
  });

  /** Whether the private data of a block holds this value. */
  async function delivered(startBlock: bigint, value: string): Promise<boolean> {
    const blocks = await session.network.getBlockAndPrivateDataEvents({ startBlock });
    try {
      for await (const block of blocks) return Buffer.from(block.serializeBinary()).includes(value);
    } finally {
      blocks.close();
    }
    return false;
  }
});

describe("collections for members only", () => {
  it("refuse to be read by others", async () => {
    const key = freshKey("closed");
    await put(key, "secret", withoutGaranti);
    const error = (await failureOf(
      guarantor.contract.evaluate("getPrivate", {
        arguments: [withoutGaranti, key],
        endorsingOrganizations: ["ComuneMSP"],
      }),
    )) as GatewayError;
    expect(error.details[0]?.message).toContain(
      `tx creator does not have read access permission on privatedata in chaincodeName:${target.connection.chaincode} collectionName: ${withoutGaranti}`,
    );
  });

  it("refuse to be written by others", async () => {
    const error = (await failureOf(
      put(freshKey("intruder"), "value", withoutGaranti, guarantor),
    )) as GatewayError;
    expect(error.details[0]?.message).toContain("does not have write access permission");
  });

  it("show their hashes to others", async () => {
    const key = freshKey("seen");
    await put(key, "secret", withoutGaranti);
    const hash = await guarantor.contract.evaluate("getPrivateHash", {
      arguments: [withoutGaranti, key],
      endorsingOrganizations: ["ComuneMSP"],
    });
    expect(textOf(hash)).toBe(sha256("secret"));
  });

  it("are not delivered to others with their blocks", async () => {
    const secret = freshKey("undelivered");
    const startBlock = BigInt(await height());
    await put(freshKey("key"), secret, withoutGaranti);
    for (const [reader, expected] of [
      [session, true],
      [guarantor, false],
    ] as const) {
      const blocks = await reader.network.getBlockAndPrivateDataEvents({ startBlock });
      for await (const block of blocks) {
        expect(Buffer.from(block.serializeBinary()).includes(secret)).toBe(expected);
        break;
      }
      blocks.close();
    }
  });

  it("must be defined", async () => {
    const error = (await failureOf(
      session.contract.evaluateTransaction("getPrivate", "undefined", "key"),
    )) as GatewayError;
    expect(error.details[0]?.message).toContain("undefined could not be found");
  });
});

async function height(): Promise<number> {
  const { common } = await import("@hyperledger/fabric-protos");
  const info = await session.network
    .getContract("qscc")
    .evaluateTransaction("GetChainInfo", target.connection.channel);
  return common.BlockchainInfo.deserializeBinary(info).getHeight();
}
