/** The other end of the signer's own socket: for the seed and tests. */
import { request } from "node:http";
import { z } from "zod";
import { Assertion } from "@/protocol/acts/carried";
import type { Organisation } from "@/protocol/primitives";
import type { DeskPath, DeskRequest } from "./desk";
import type { KeyOwner, Passkey } from "./keys";

const passkeySchema = z.object({
  person: z.string(),
  credential: z.string(),
  spki: z.string(),
  algorithm: z.literal(-7),
  trial: z.literal(true),
});
const recoveryKeySchema = z.object({ recoveryKey: z.string() });
const signatureSchema = z.object({ signature: z.string() });

/** What the signer answered instead of what it was asked for. */
export class DeskError extends Error {
  override readonly name = "DeskError";
}

export class SignerDesk {
  constructor(private readonly socket: string) {}

  /** A person's passkey, made at the first call. */
  async passkey(owner: KeyOwner): Promise<Passkey> {
    return passkeySchema.parse(await this.#ask("/passkey", owner));
  }

  /** One gesture of a person for some acts of one municipality. @throws DeskError when they have no key */
  async sign(municipality: string, person: string, acts: string[]): Promise<Assertion> {
    return Assertion.parse(await this.#ask("/assertion", { municipality, person, acts }));
  }

  /** An organisation's recovery key: SPKI DER, base64. */
  async recoveryKey(part: Organisation): Promise<string> {
    return recoveryKeySchema.parse(await this.#ask("/recovery-key", { part })).recoveryKey;
  }

  /** @param text of a founding or a recovery @returns base64url of a DER signature */
  async signRecovery(part: Organisation, text: string): Promise<string> {
    return signatureSchema.parse(await this.#ask("/recovery-signature", { part, text })).signature;
  }

  #ask<P extends DeskPath>(path: P, content: DeskRequest<P>): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const asked = request({ socketPath: this.socket, path, method: "POST" }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          const text = Buffer.concat(chunks).toString("utf8");
          if (response.statusCode === 200) resolve(JSON.parse(text));
          else reject(new DeskError(`${path}: ${response.statusCode} ${text.slice(0, 300)}`));
        });
      });
      asked.on("error", reject);
      asked.end(JSON.stringify(content));
    });
  }
}
