import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { encodeReadWriteSets } from "../../evidence/encode-read-write-set";
import { makeEnvelope } from "../../evidence/envelope-fixture";
import { decode } from "../../evidence/protobuf/decode";
import * as messages from "../../evidence/protobuf/messages";
import { parseTransaction } from "../../evidence/transaction";
import { newLog } from "../log";
import { newLedger, temporaryFolder } from "../store/ledger-fixture";
import { newChannel } from "./channel-fixture";
import { Orderer } from "./orderer";
import { TransientStore } from "./transient-store";

test("a transaction that is alone gets its block without waiting for a timer", async () => {
  const { options, client, peers } = await newChannel();
  const { ledger } = await newLedger();
  const transientStore = await TransientStore.open(join(await temporaryFolder(), "transient"));
  onTestFinished(() => transientStore.close());
  const onFailure = vi.fn();
  const limits = { count: 500, bytes: 2 ** 21, timeoutMs: 25 };
  const orderer = new Orderer({ ...options, ledger, transientStore, limits, log: newLog(), onFailure });
  const writes = [{ namespace: "cocity", key: "key", value: Buffer.from("value"), isDelete: false }];
  const nothing = { reads: [], rangeQueries: [], metadataWrites: [], collections: [] };
  const results = encodeReadWriteSets([{ namespace: "cocity", writes, ...nothing }]);
  const envelope = makeEnvelope({ results, creator: client, endorsers: peers });

  // A timer goes off when the test says so, and it never does.
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  await orderer.submit(decode(messages.envelope, envelope));
  const { signal } = new AbortController();
  const found = await orderer.committed(parseTransaction(envelope).id, signal);
  expect(found).toMatchObject({ block: 1, index: 0, code: 0 });
  expect(onFailure).not.toHaveBeenCalled();
}, 20_000);
