"use strict";

const { Contract } = require("fabric-contract-api");
const { KeyEndorsementPolicy } = require("fabric-shim");

const kind = "item";

/**
 * One operation of the ledger in each transaction, so that a test can say what it expects of exactly that.
 * Runs unchanged on the embedded ledger and on Fabric.
 */
class Conformance extends Contract {
  constructor() {
    super("Conformance");
  }

  async put(ctx, key, value) {
    await ctx.stub.putState(key, Buffer.from(value));
  }

  async putMany(ctx, prefix, count) {
    for (let index = 0; index < Number(count); index++)
      await ctx.stub.putState(`${prefix}${String(index).padStart(4, "0")}`, Buffer.from(String(index)));
  }

  async get(ctx, key) {
    return (await ctx.stub.getState(key)).toString();
  }

  /** Reads and writes one key: two at once conflict. */
  async increment(ctx, key) {
    const value = Number((await ctx.stub.getState(key)).toString() || "0") + 1;
    await ctx.stub.putState(key, Buffer.from(String(value)));
    return String(value);
  }

  /** What was written before in the same transaction is not read. */
  async writeThenRead(ctx, key, value) {
    await ctx.stub.putState(key, Buffer.from(value));
    return (await ctx.stub.getState(key)).toString();
  }

  async remove(ctx, key) {
    await ctx.stub.deleteState(key);
  }

  async range(ctx, start, end) {
    return JSON.stringify(await collect(ctx.stub.getStateByRange(start, end), keyAndValue));
  }

  /** Scans a range and writes the number of its entries: a key added in between is a phantom. */
  async countInto(ctx, start, end, key) {
    const entries = await collect(ctx.stub.getStateByRange(start, end), keyAndValue);
    await ctx.stub.putState(key, Buffer.from(String(entries.length)));
    return String(entries.length);
  }

  /** Reads the first entry of a range, closes the query and writes what it read. */
  async firstInto(ctx, start, end, key) {
    const iterator = await ctx.stub.getStateByRange(start, end);
    const { value } = await iterator.next();
    await iterator.close();
    await ctx.stub.putState(key, Buffer.from(value.value));
    return Buffer.from(value.value).toString();
  }

  async page(ctx, start, end, size, bookmark) {
    const { iterator, metadata } = await ctx.stub.getStateByRangeWithPagination(
      start,
      end,
      Number(size),
      bookmark,
    );
    return JSON.stringify({ results: await drain(iterator, keyAndValue), metadata });
  }

  async pageThenWrite(ctx, start, end, size, key) {
    await this.page(ctx, start, end, size, "");
    await ctx.stub.putState(key, Buffer.from("written"));
  }

  async putComposite(ctx, parts, value) {
    await ctx.stub.putState(ctx.stub.createCompositeKey(kind, JSON.parse(parts)), Buffer.from(value));
  }

  async partial(ctx, parts) {
    const entries = ctx.stub.getStateByPartialCompositeKey(kind, JSON.parse(parts));
    return JSON.stringify(
      await collect(entries, ({ key, value }) => ({
        parts: ctx.stub.splitCompositeKey(key).attributes,
        value: Buffer.from(value).toString(),
      })),
    );
  }

  async partialPage(ctx, parts, size, bookmark) {
    const { iterator, metadata } = await ctx.stub.getStateByPartialCompositeKeyWithPagination(
      kind,
      JSON.parse(parts),
      Number(size),
      bookmark,
    );
    const results = await drain(iterator, ({ key }) => ctx.stub.splitCompositeKey(key).attributes);
    return JSON.stringify({ results, metadata });
  }

  async history(ctx, key) {
    return JSON.stringify(
      await collect(ctx.stub.getHistoryForKey(key), ({ txId, isDelete, value, timestamp }) => ({
        txId,
        isDelete,
        value: Buffer.from(value ?? "").toString(),
        seconds: Number(timestamp.seconds),
      })),
    );
  }

  async emit(ctx, name, payload) {
    ctx.stub.setEvent(name, Buffer.from(payload));
    await ctx.stub.putState(`event-${ctx.stub.getTxID()}`, Buffer.from(payload));
  }

  /** Only the last event of a transaction survives. */
  async emitTwice(ctx, first, second) {
    ctx.stub.setEvent(first, Buffer.from("1"));
    ctx.stub.setEvent(second, Buffer.from("2"));
  }

  /** The private value travels as transient data under the name `value`. */
  async putPrivate(ctx, collection, key) {
    const value = ctx.stub.getTransient().get("value");
    if (!value) throw new Error("the transient value is missing");
    await ctx.stub.putPrivateData(collection, key, value);
  }

  async getPrivate(ctx, collection, key) {
    return Buffer.from(await ctx.stub.getPrivateData(collection, key)).toString();
  }

  async getPrivateHash(ctx, collection, key) {
    return Buffer.from(await ctx.stub.getPrivateDataHash(collection, key)).toString("hex");
  }

  async privateRange(ctx, collection, start, end) {
    return JSON.stringify(await collect(ctx.stub.getPrivateDataByRange(collection, start, end), keyAndValue));
  }

  async privateCountInto(ctx, collection, start, end, key) {
    const entries = await collect(ctx.stub.getPrivateDataByRange(collection, start, end), keyAndValue);
    await ctx.stub.putState(key, Buffer.from(String(entries.length)));
  }

  /** Reads and writes one private key: two at once conflict. */
  async incrementPrivate(ctx, collection, key) {
    const value = Number(Buffer.from(await ctx.stub.getPrivateData(collection, key)).toString() || "0") + 1;
    await ctx.stub.putPrivateData(collection, key, Buffer.from(String(value)));
  }

  async removePrivate(ctx, collection, key) {
    await ctx.stub.deletePrivateData(collection, key);
  }

  async purgePrivate(ctx, collection, key) {
    await ctx.stub.purgePrivateData(collection, key);
  }

  /** From now on the key is written only with the endorsement of this organisation's peers. */
  async endorsersOf(ctx, key) {
    const policy = await ctx.stub.getStateValidationParameter(key);
    return JSON.stringify(policy?.length ? new KeyEndorsementPolicy(policy).listOrgs() : []);
  }

  async requireEndorser(ctx, key, mspId) {
    const policy = new KeyEndorsementPolicy();
    policy.addOrgs("PEER", mspId);
    await ctx.stub.setStateValidationParameter(key, policy.getPolicy());
  }

  async whoAmI(ctx) {
    const { clientIdentity, stub } = ctx;
    return JSON.stringify({
      mspId: clientIdentity.getMSPID(),
      role: clientIdentity.getAttributeValue("cocity.role"),
      municipality: clientIdentity.getAttributeValue("cocity.municipality"),
      channel: stub.getChannelID(),
      transactionId: stub.getTxID(),
      seconds: Number(stub.getTxTimestamp().seconds),
    });
  }

  async fail(_ctx, message) {
    throw new Error(message);
  }

  async richQuery(ctx) {
    return JSON.stringify(await collect((await ctx.stub.getQueryResult("{}")).iterator, keyAndValue));
  }

  async callOther(ctx, name) {
    const response = await ctx.stub.invokeChaincode(name, ["anything"], "");
    return String(response.status);
  }

  async sleep(_ctx, milliseconds) {
    await new Promise((resolve) => setTimeout(resolve, Number(milliseconds)));
  }

  async bytes(_ctx, length) {
    return "x".repeat(Number(length));
  }

  async ping() {
    return "pong";
  }
}

function keyAndValue({ key, value }) {
  return { key, value: Buffer.from(value).toString() };
}

async function collect(results, read) {
  const found = [];
  for await (const entry of results) found.push(read(entry));
  return found;
}

async function drain(iterator, read) {
  const found = [];
  for (let next = await iterator.next(); ; next = await iterator.next()) {
    if (next.value) found.push(read(next.value));
    if (next.done) break;
  }
  await iterator.close();
  return found;
}

module.exports.contracts = [Conformance];
