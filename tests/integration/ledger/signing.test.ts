import "reflect-metadata";
import { randomUUID } from "node:crypto";
import * as x509 from "@peculiar/x509";
import { describe, expect, it } from "vitest";
import {
  giveSignature,
  type SignatureDue,
  signatureDue,
  WrongSignatureError,
} from "@/ledger/client/outbox/browser";
import { type Command, enqueue } from "@/ledger/client/outbox/enqueue";
import { NotRecordedError, waitFor } from "@/ledger/client/outbox/wait";
import { registerTorino } from "./city";
import { startWorld, subjectCommand, torino } from "./world";

const world = await startWorld();
const { db, access, pool } = world;
await world.startWorker();
await registerTorino(world);

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const holder = {
  person: "resident-browser",
  organisation: "Case",
  role: "resident",
  municipality: torino,
} as const;
/** As a browser makes it: the private key cannot be taken out. */
const keys = await crypto.subtle.generateKey(algorithm, false, ["sign", "verify"]);
await access.identities.enrolBrowser(holder, async (commonName) => {
  const request = {
    name: new x509.Name([{ CN: [commonName] }]).toString(),
    keys,
    signingAlgorithm: algorithm,
  };
  return (await x509.Pkcs10CertificateRequestGenerator.create(request, crypto)).toString("pem");
});

describe("a key in a browser", () => {
  it("signs twice, and the transaction is the person's own", async () => {
    const item = await queue(subjectCommand("subject-browser", holder.person));
    const first = await signatureDue(db, access, item);
    expect(first?.step).toBe("proposal");
    const second = await giveSignature(db, access, item, await signed(first));
    expect(second).toMatchObject({ step: "transaction", submissionId: first?.submissionId });
    expect(await giveSignature(db, access, item, await signed(second))).toBeUndefined();
    const { transactionId } = await waitFor(db, item.id);
    const creator = (await access.gateway.transaction(transactionId))?.creator;
    const { certificate } = await access.identities.browserCertificate(holder);
    expect(creator?.certificatePem.trim()).toBe(certificate.certificatePem.trim());
    expect(await db.ledgerIdentity.findFirst({ where: { person: holder.person } })).toMatchObject({
      privateKeyEncrypted: null,
    });
  });

  it("is asked again from where it stopped, also after everything was forgotten", async () => {
    const item = await queue(subjectCommand("subject-interrupted", holder.person));
    const first = await signatureDue(db, access, item);
    expect(await signatureDue(db, access, item)).toEqual(first);
    const second = await giveSignature(db, access, item, await signed(first));
    expect(await signatureDue(db, access, item)).toEqual(second);
    await giveSignature(db, access, item, await signed(second));
    await waitFor(db, item.id);
  });

  it("does not take another key's signature, nor another person's", async () => {
    const item = await queue(subjectCommand("subject-forged", holder.person));
    const due = await signatureDue(db, access, item);
    const other = await crypto.subtle.generateKey(algorithm, false, ["sign", "verify"]);
    const forged = signed(due, other);
    await expect(giveSignature(db, access, item, await forged)).rejects.toThrow(WrongSignatureError);
    expect(await signatureDue(db, access, { ...item, person: "resident-2" })).toBeUndefined();
    expect(await signatureDue(db, access, { ...item, municipality: "001001" })).toBeUndefined();
  });

  it("is told by the item when a rule refuses", async () => {
    const item = await queue(subjectCommand("subject-browser", holder.person));
    const due = await signatureDue(db, access, item);
    expect(await giveSignature(db, access, item, await signed(due))).toBeUndefined();
    const refused = waitFor(db, item.id);
    await expect(refused).rejects.toThrow(NotRecordedError);
    await expect(refused).rejects.toMatchObject({ code: "already_exists" });
  });

  it("signs again when others have changed what was read in the meantime", async () => {
    const [one, two] = [
      subjectCommand("subject-raced", holder.person),
      subjectCommand("subject-raced", "resident-2"),
    ];
    const item = await queue(one);
    const second = await giveSignature(db, access, item, await signed(await signatureDue(db, access, item)));
    const id = await db.$transaction((tx) => enqueue(tx, two));
    await waitFor(db, id);
    await giveSignature(db, access, item, await signed(second));
    await expect
      .poll(async () => (await db.outboxItem.findUniqueOrThrow({ where: { id: item.id } })).status, {
        timeout: 20_000,
      })
      .toBe("to_sign");
    const { rows } = await pool.query(`SELECT status, code FROM "OutboxSubmission" WHERE id = $1`, [
      second?.submissionId,
    ]);
    expect(rows).toEqual([{ status: "to_sign_again", code: 11 }]);
    const again = await signatureDue(db, access, item);
    expect(again?.submissionId).not.toBe(second?.submissionId);
    await giveSignature(db, access, item, await signed(again));
    await expect(waitFor(db, item.id)).rejects.toMatchObject({ code: "already_exists" });
  });
});

async function queue(command: Command<"subjects:register">) {
  const id = await db.$transaction((tx) => enqueue(tx, { ...command, id: randomUUID(), signing: "browser" }));
  return { id, municipality: torino, person: holder.person };
}

async function signed(due: SignatureDue | undefined, by = keys) {
  if (!due) throw new Error("nothing is to be signed");
  const bytes = await crypto.subtle.sign(
    { name: "ECDSA", hash: "SHA-256" },
    by.privateKey,
    Buffer.from(due.message),
  );
  return { submissionId: due.submissionId, signature: new Uint8Array(bytes) };
}
