import { X509Certificate } from "node:crypto";
import type { Context } from "fabric-contract-api";
import { RuleError } from "../../../protocol/errors";
import { Actor, certificateAttributes, mspIds, organisations } from "../../../protocol/primitives";
import { text } from "./state";

type Identity = Pick<Context["clientIdentity"], "getMSPID" | "getAttributeValue" | "getIDBytes">;

/**
 * Who submits, from the certificate alone: its MSP says the organisation, its attributes the rest.
 *
 * @throws {RuleError} `wrong_certificate` when something is missing or not of its form
 */
export function readSubmitter(identity: Identity): Actor {
  const mspId = identity.getMSPID();
  const parsed = Actor.safeParse({
    organisation: organisations.find((organisation) => mspIds[organisation] === mspId),
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
