import type { Prisma } from "@/generated/prisma/client";
import { registrar, signerOf } from "@/ledger/client/identities/services";
import { enqueue } from "@/ledger/client/outbox/enqueue";
import { Organisation } from "@/protocol/primitives";

/**
 * Withdraws on the ledger what an erased person signed admissions with, in the name of each organisation's registrar. A
 * withdrawal that is on its way is not asked for again.
 */
export async function withdrawSigningKeys(tx: Prisma.TransactionClient, person: string): Promise<void> {
  const keys = await tx.chainSigningKey.findMany({ where: { person, withdrawn: false } });
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
      signer: signerOf(registrar(municipality, Organisation.parse(row.organisation))),
      subject,
      orderKey: `signing_key/${id}`,
    });
  }
}
