/** The admitting organisations' side, as long as the server holds their registrars' keys. */
import { createPublicKey } from "node:crypto";
import type { Signatory } from "@/ledger/client/gateway";
import { signMessage } from "@/ledger/client/gateway/signature";
import { castingService, registrar, signerOf } from "@/ledger/client/identities/services";
import { enqueue } from "@/ledger/client/outbox/enqueue";
import { once } from "@/ledger/client/outbox/record";
import { ledger } from "@/ledger/client/process";
import { db } from "@/lib/db";
import { UnavailableError } from "@/lib/errors";
import type { Desk } from "./service";

/** The Comune's registrar submits an admission, the Case network's co-signs it. */
export function deskOf(municipality: string): Desk {
  return {
    registrar: signerOf(registrar(municipality, "Comune")),
    castingService: signerOf(castingService(municipality)),
    cosign: async (bytes) => {
      const holder = registrar(municipality, "Case");
      const { signatory } = await (await ledger()).identities.signatory(holder);
      // Another key of the same registrar belongs to a certificate that is no longer used.
      const row = await db.chainSigningKey.findFirst({
        where: { municipality, person: holder.person, publicKey: publicKeyOf(signatory), withdrawn: false },
      });
      if (!row) throw new UnavailableError("registrar_missing");
      return {
        cosigner: row.id,
        cosignature: Buffer.from(signMessage(signatory.key, bytes)).toString("base64"),
      };
    },
  };
}

/** Puts the co-signing registrar's public key on the ledger; needed once a municipality, and for each new certificate. */
export async function registerCosigner(municipality: string, command: string): Promise<void> {
  const holder = registrar(municipality, "Case");
  const { signatory } = await (await ledger()).identities.signatory(holder);
  const publicKey = publicKeyOf(signatory);
  await once(command, (tx) =>
    enqueue(tx, {
      id: command,
      transaction: "municipality:registerSigningKey",
      input: { municipality, id: command, publicKey },
      signer: signerOf(holder),
      subject: { type: "signing_key", id: command },
    }),
  );
}

/** SPKI DER in base64, as the ledger keeps it. */
function publicKeyOf({ key }: Signatory): string {
  return createPublicKey(key).export({ format: "der", type: "spki" }).toString("base64");
}
