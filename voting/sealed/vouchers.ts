/** What people at a desk vouch for: told on the ledger as digests that only those say anything to who know the salted roll. */
import { requireLength } from "./bytes";
import { DESK_CODE } from "./desk-code";
import { digest } from "./labels";
import { FREEZE_DIGEST } from "./round";

/** A sheet of paper for a person; the same at whichever desk, so that nobody gets two. */
export function paperVoucher(freeze: Uint8Array, person: Uint8Array): Uint8Array {
  return digest(
    "paper voucher",
    requireLength(freeze, FREEZE_DIGEST, "digest of the freeze"),
    requireLength(person, 32, "person"),
  );
}

/** A credential for a person whose device shows this code (`deskCode`). */
export function credentialVoucher(freeze: Uint8Array, person: Uint8Array, code: Uint8Array): Uint8Array {
  return digest(
    "credential voucher",
    requireLength(freeze, FREEZE_DIGEST, "digest of the freeze"),
    requireLength(person, 32, "person"),
    requireLength(code, DESK_CODE, "code of the device"),
  );
}
