/** What a device knows of a ballot that it has begun to send, also after the page was loaded again. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Sent } from "./device/ballot";
import { freshKept, readKept, withReceipt, withSending, writeKept } from "./kept";

function storage(): Storage {
  const items = new Map<string, string>();
  return {
    getItem: (name: string) => items.get(name) ?? null,
    setItem: (name: string, text: string) => void items.set(name, text),
    removeItem: (name: string) => void items.delete(name),
  } as Storage;
}

beforeEach(() => {
  vi.stubGlobal("window", { sessionStorage: storage(), localStorage: storage() });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const sealed = { seq: 2, digest: "ab".repeat(32) };
const content = { type: "approval", choices: ["2"] } as const;
const sent = { ...sealed, area: 1, key: "k", receipt: "r", sealed: "s", ephemeral: "e" } satisfies Sent;
const drafted = () => {
  const kept = freshKept(new Uint8Array(16));
  return { ...kept, draft: { content, attempt: 3 } };
};

test("a ballot that is being sent stays so until its receipt is there, with its number, its attempt and its choices", () => {
  writeKept("round", withSending(drafted(), sealed));
  expect(readKept("round")?.draft).toEqual({ content, attempt: 3, sending: sealed });
  writeKept("round", withReceipt(withSending(drafted(), sealed), sent, true));
  expect(readKept("round")).toMatchObject({ draft: { content: null, attempt: 1 }, sent: [sent] });
  expect(readKept("round")?.draft.sending).toBeUndefined();
});

test("with the receipt the seed goes, unless it is kept on the device", () => {
  const sending = withSending(drafted(), sealed);
  expect(withReceipt(sending, sent, false)).toMatchObject({ seed: null, holding: null });
  expect(withReceipt(sending, sent, true).seed).toBe(sending.seed);
});
