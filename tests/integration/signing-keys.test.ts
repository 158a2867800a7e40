import { randomBytes, randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { erasePerson } from "@/features/people/erasure-service";
import { freshDatabase } from "./database";

Object.assign(process.env, {
  KEY_ENCRYPTION_KEY: randomBytes(32).toString("hex"),
  FISCAL_NUMBER_KEY: randomBytes(32).toString("hex"),
  // Nothing is there: what is withdrawn waits in the outbox.
  LEDGER_CONNECTION: "no-such-connection.json",
});
const { db } = await freshDatabase();

const torino = "001272";
const aglie = "001001";

beforeEach(async () => {
  await db.outboxItem.deleteMany();
  await db.chainSigningKey.deleteMany();
  await db.person.deleteMany();
  for (const id of ["registrar", "other"]) await db.person.create({ data: { id } });
});

describe("erasing a person", () => {
  it("withdraws what they sign with everywhere, in the name of each organisation's registrar", async () => {
    await Promise.all([
      key("here"),
      key("there", { municipality: aglie, organisation: "Garanti" }),
      key("withdrawn", { withdrawn: true }),
      key("others", { person: "other" }),
    ]);
    await erasePerson("registrar");
    expect(await withdrawals()).toEqual([
      {
        ...{ municipality: torino, id: "here", organisation: "Case" },
        ...{ person: "service-registrar-case", role: "registrar" },
      },
      {
        ...{ municipality: aglie, id: "there", organisation: "Garanti" },
        ...{ person: "service-registrar-garanti", role: "registrar" },
      },
    ]);
  });

  it("withdraws what came to nothing again, and not what is on its way", async () => {
    await Promise.all([key("failed"), key("sent")]);
    await Promise.all([onItsWay("failed", "failed"), onItsWay("sent", "committed")]);
    await erasePerson("registrar");
    expect((await withdrawals()).map(({ id }) => id)).toEqual(["failed", "failed", "sent"]);
  });
});

async function onItsWay(id: string, status: string): Promise<void> {
  await db.outboxItem.create({
    data: {
      ...{ municipality: torino, transaction: "municipality:withdrawSigningKey", input: {}, status },
      ...{ person: "service-registrar-case", organisation: "Case", role: "registrar", by: "service" },
      ...{ id: randomUUID(), subjectType: "signing_key", subjectId: id },
    },
  });
}

async function key(id: string, changes: object = {}): Promise<void> {
  await db.chainSigningKey.create({
    data: {
      ...{
        id,
        municipality: torino,
        organisation: "Case",
        person: "registrar",
        publicKey: "",
        withdrawn: false,
      },
      ...{ record: {}, transactionId: "0".repeat(64), block: 1n, ...changes },
    },
  });
}

async function withdrawals() {
  const items = await db.outboxItem.findMany({
    where: { transaction: "municipality:withdrawSigningKey" },
    orderBy: { subjectId: "asc" },
    select: { municipality: true, subjectId: true, person: true, organisation: true, role: true },
  });
  return items.map(({ subjectId: id, ...item }) => ({ ...item, id }));
}
