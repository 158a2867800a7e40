/** Promises of relay and copy-keeper that voters handed over: what was posted, its ephemeral and the receipt for it. */
import { hexToBytes } from "@noble/hashes/utils.js";
import { z } from "zod";
import { type ClaimResult, judgeClaim } from "../../voting/sealed/claims";
import { SealedError } from "../../voting/sealed/errors";
import { decodePost } from "../../voting/sealed/post";
import { decodeReceipt } from "../../voting/sealed/receipts";
import { machine } from "../machine/this";
import type { Context } from "../round/context";
import type { SealedBallots } from "./ballots";
import type { FrozenSealed } from "./frozen";

const Hex = z.string().regex(/^([0-9a-f]{2})*$/);

/** A whole post, bytes in hexadecimal. */
const PostClaim = z.strictObject({
  post: Hex.max(20_000),
  ephemeral: Hex.length(64),
  receipt: Hex.max(2_000),
});
/** The file that a voter's device offers: it names more of the ballot, which the claim itself shows. */
const DeviceClaim = z.object({
  sealed: z.base64().max(20_000),
  ephemeral: Hex.length(64),
  receipt: z.base64().max(2_000),
});
export const Claim = z.union([PostClaim, DeviceClaim]);
export type Claim = z.infer<typeof Claim>;
export type PostClaim = z.infer<typeof PostClaim>;

const said: Readonly<Record<ClaimResult, string>> = {
  kept: "the ballot is on the ledger",
  broken: "the promise is broken: the ballot was due and is not on the ledger",
  not_due: "what was posted could not be recorded: it has a fault, or the ballot before it is missing",
  no_receipt: "the receipt does not hold, or is not for this post",
  not_opened: "the ephemeral does not open the post",
};

export async function checkClaims(
  { findings }: Context,
  frozen: FrozenSealed,
  ballots: SealedBallots,
  claims: readonly Claim[],
): Promise<void> {
  const { relay = "", copyKeeper = "" } = frozen.sealing.services;
  const keepers = { relay: hexToBytes(relay), "copy-keeper": hexToBytes(copyKeeper) };
  for (const [index, claim] of claims.entries()) {
    const result = await judge(claim);
    const text = `claim ${index + 1}: ${said[result]}`;
    // A claim that proves nothing is nobody's broken promise.
    if (result === "broken") findings.expect("claims", false, text);
    else {
      findings.checked("claims");
      findings.note("claims", text);
    }
  }

  async function judge(claim: Claim): Promise<ClaimResult> {
    try {
      const { sealed, receipt } = bytesOf(claim);
      return await judgeClaim(
        machine.primitives,
        frozen,
        keepers,
        (area) => frozen.issuersOf(area),
        ballots.places(),
        {
          ...{ sealed, ephemeral: hexToBytes(claim.ephemeral), receipt: decodeReceipt(receipt) },
        },
      );
    } catch (error) {
      if (error instanceof SealedError) return "no_receipt";
      throw error;
    }
  }

  function bytesOf(claim: Claim): Readonly<Record<"sealed" | "receipt", Uint8Array>> {
    if ("post" in claim) {
      const { sealed } = decodePost(frozen, hexToBytes(claim.post));
      return { sealed, receipt: hexToBytes(claim.receipt) };
    }
    return { sealed: fromBase64(claim.sealed), receipt: fromBase64(claim.receipt) };
  }
}

const fromBase64 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, "base64"));
