import type { Prisma } from "@/generated/prisma/client";
import { enqueue, type Signer } from "@/ledger/client/outbox/enqueue";
import { Organisation } from "@/protocol/primitives";

/** A key that a registrar signs admissions with. */
type SigningKey = { municipality: string; id: string; organisation: Organisation };

/**
 * Withdraws on the ledger what a person signs admissions with, as soon as the person is no registrar there any more. A
 * withdrawal that is on its way is not asked for again.
 * @param of whose keys; without municipality and organisation all there are
 * @param signerFor who withdraws a key: somebody of its organisation
 */
export async function withdrawSigningKeys(
  tx: Prisma.TransactionClient,
  of: { person: string; municipality?: string; organisation?: Organisation },
  signerFor: (key: SigningKey) => Signer,
): Promise<void> {
  const keys = await tx.chainSigningKey.findMany({ where: { ...of, withdrawn: false } });
  for (const { municipality, id, ...row } of keys) {
    const subject = { type: "signing_key", id };
    const onItsWay = await tx.outboxItem.count({
      where: {
        municipality,
        transaction: "municipality:withdrawSigningKey",
        ...{ subjectType: subject.type, subjectId: id },
        status: { in: ["to_sign", "queued", "sending", "committed"] },
      },
    });
    if (onItsWay > 0) continue;
    await enqueue(tx, {
      transaction: "municipality:withdrawSigningKey",
      input: { municipality, id },
      signer: signerFor({ municipality, id, organisation: Organisation.parse(row.organisation) }),
      subject,
      orderKey: `signing_key/${id}`,
    });
  }
}
