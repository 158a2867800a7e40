import { describe, expect, it } from "vitest";
import { validationCodes } from "../../evidence/codes";
import type { CommitStatus } from "../gateway";
import { outcome, type Submitting } from "./signing";

const transactionId = "a".repeat(64);
const state: Submitting = { status: "submitted", transactionId, envelope: new Uint8Array([1]) };
const { VALID, DUPLICATE_TXID, MVCC_READ_CONFLICT, PHANTOM_READ_CONFLICT, BAD_CREATOR_SIGNATURE } =
  validationCodes;

/** What became of the bytes, where peers say this while one waits for them and that where they are looked up. */
const becoming = (waited: CommitStatus | undefined, lookedUp: CommitStatus | undefined, patience = 10) =>
  outcome({ commitStatus: async () => waited, locate: async () => lookedUp }, state, patience);

describe("what became of submitted bytes", () => {
  it.each([
    [VALID, "committed"],
    [MVCC_READ_CONFLICT, "conflicted"],
    [PHANTOM_READ_CONFLICT, "conflicted"],
    [BAD_CREATOR_SIGNATURE, "failed"],
  ])("is what a peer says while one waits: %s is %s", async (code, status) => {
    const other = { block: 3, code: VALID };
    expect(await becoming({ block: 7, code }, other)).toEqual({ status, transactionId, block: 7, code });
  });

  it.each([
    [VALID, "committed"],
    [MVCC_READ_CONFLICT, "conflicted"],
    [BAD_CREATOR_SIGNATURE, "failed"],
  ])("is not a repetition's refusal, but what became of the first: %s is %s", async (code, status) => {
    const repeated = { block: 8, code: DUPLICATE_TXID };
    expect(await becoming(repeated, { block: 7, code })).toEqual({ status, transactionId, block: 7, code });
  });

  it("is looked up without waiting where there is no patience, and sent again where they are in no block", async () => {
    const valid = { block: 7, code: VALID };
    expect(await becoming(valid, undefined, 0)).toEqual({ ...state, status: "transaction_signed" });
    expect(await becoming(undefined, valid)).toEqual({ status: "committed", transactionId, ...valid });
    expect(await becoming({ block: 8, code: DUPLICATE_TXID }, undefined)).toMatchObject({
      status: "transaction_signed",
    });
  });
});
