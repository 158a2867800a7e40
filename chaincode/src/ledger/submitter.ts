import { X509Certificate } from "node:crypto";
import type { Context } from "fabric-contract-api";
import { RuleError } from "../../../protocol/errors";
import { certificateAttributes } from "../../../protocol/primitives";
import { Submitter } from "../acts/submitter";
import { text } from "./state";

type Identity = Pick<Context["clientIdentity"], "getMSPID" | "getAttributeValue" | "getIDBytes">;

/**
 * Whose certificate a transaction came with: its MSP, and what its attributes say.
 *
 * @throws {RuleError} `wrong_certificate` when something is missing or not of its form
 */
export function readSubmitter(identity: Identity): Submitter {
  const parsed = Submitter.safeParse({
    mspId: identity.getMSPID(),
    role: identity.getAttributeValue(certificateAttributes.role),
    municipality: identity.getAttributeValue(certificateAttributes.municipality),
    person: identity.getAttributeValue(certificateAttributes.person),
  });
  if (!parsed.success) {
    throw new RuleError("wrong_certificate", { path: String(parsed.error.issues[0]?.path[0] ?? "") });
  }
  return parsed.data;
}

/** The certificate's public key, SPKI DER in base64. */
export function certificateKey(identity: Identity): string {
  const { publicKey } = new X509Certificate(text(identity.getIDBytes()));
  return publicKey.export({ type: "spki", format: "der" }).toString("base64");
}
