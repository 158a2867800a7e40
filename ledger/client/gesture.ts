import { nodeChecks } from "../../chaincode/src/ledger/checks";
import type { CarriedAct } from "../../protocol/acts/carried";
import { checkGesture, type GestureKey } from "../../protocol/acts/gesture";
import { RuleError } from "../../protocol/errors";
import type { RecordOf } from "../../protocol/records";
import type { LedgerGateway } from "./gateway";

type Signed = Pick<CarriedAct, "act" | "assertion" | "list">;

/**
 * Checks that an act was signed with a key of a person that the ledger's register has, in the way that the chaincode
 * checks it. Whether the key counts today, and whether the person is in office, is not asked.
 * @returns the key, and the digest of the act
 * @throws {RuleError} `key_unknown`, and what `checkGesture` throws
 */
export async function verifyGesture(
  gateway: Pick<LedgerGateway, "evaluate">,
  { municipality, person }: { municipality: string; person: string },
  signed: Signed,
): Promise<{ passkey: RecordOf<"passkey">; act: string }> {
  const id = nodeChecks.digest(Buffer.from(signed.assertion.credential, "base64url"));
  const get = (type: "municipality" | "passkey", of: string) =>
    gateway.evaluate("records:get", { municipality, type, idParts: [of] });
  const [record, passkey] = (await Promise.all([get("municipality", municipality), get("passkey", id)])) as [
    RecordOf<"municipality"> | null,
    RecordOf<"passkey"> | null,
  ];
  if (!record || passkey?.person !== person) throw new RuleError("key_unknown");
  return { passkey, act: await checkGesture(signed, keyOf(record, passkey), nodeChecks) };
}

/** The key with the origins of its host: an organisation's old domain may have gone since. */
function keyOf(record: RecordOf<"municipality">, passkey: RecordOf<"passkey">): GestureKey {
  const trial = record.trial === true;
  const own = record.organisations?.find(({ part }) => part === passkey.organisation);
  const origins = [own?.origin, own?.newOrigin, `https://${passkey.rpId}`, trial && `http://${passkey.rpId}`];
  return { ...passkey, trial, origins: origins.flatMap((origin) => origin || []) };
}
