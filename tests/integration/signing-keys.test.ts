import { randomBytes } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { erasePerson } from "@/features/people/erasure-service";
import { endRole } from "@/features/people/roles-service";
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
const administrator = { municipality: torino, organisation: "Case" as const, person: "administrator" };

beforeEach(async () => {
  await db.outboxItem.deleteMany();
  await db.chainSigningKey.deleteMany();
  await db.roleAssignment.deleteMany();
  await db.person.deleteMany();
  for (const id of ["administrator", "registrar", "other"]) await db.person.create({ data: { id } });
});

describe("ending the role of a registrar", () => {
  it("withdraws what they sign with for that organisation there, in the name of who ends it", async () => {
    await Promise.all([
      key("theirs"),
      key("withdrawn", { withdrawn: true }),
      key("others", { person: "other" }),
    ]);
    await Promise.all([
      key("elsewhere", { municipality: aglie }),
      key("of-Comune", { organisation: "Comune" }),
    ]);
    await endRole(administrator, await role());
    expect(await withdrawals()).toEqual([
      {
        municipality: torino,
        id: "theirs",
        person: "administrator",
        organisation: "Case",
        role: "administrator",
      },
    ]);
  });

  it("leaves the key while the same role is held for another house, and withdraws it with the last", async () => {
    await key("theirs");
    const [one, two] = [await role({ house: "nord" }), await role({ house: "sud" })];
    await endRole(administrator, one);
    expect(await withdrawals()).toEqual([]);
    await endRole(administrator, two);
    expect(await withdrawals()).toMatchObject([{ id: "theirs" }]);
  });

  it("asked again withdraws what is left: not what is on its way, but what came to nothing", async () => {
    await key("theirs");
    const id = await role();
    await endRole(administrator, id);
    await endRole(administrator, id);
    expect(await withdrawals()).toHaveLength(1);
    await db.outboxItem.updateMany({ data: { status: "failed" } });
    await endRole(administrator, id);
    expect(await withdrawals()).toHaveLength(2);
  });

  it("is of that role alone, and refused it withdraws nothing", async () => {
    await key("theirs");
    await endRole(administrator, await role({ role: "facilitator" }));
    const id = await role();
    await expect(endRole({ ...administrator, organisation: "Comune" }, id)).rejects.toMatchObject({
      code: "role_not_yours",
    });
    expect(await withdrawals()).toEqual([]);
  });
});

describe("erasing a person", () => {
  it("withdraws what they sign with everywhere, in the name of each organisation's registrar", async () => {
    await Promise.all([key("here"), key("there", { municipality: aglie, organisation: "Garanti" })]);
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
});

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

async function role(changes: object = {}): Promise<string> {
  const { id } = await db.roleAssignment.create({
    data: { person: "registrar", municipality: torino, organisation: "Case", role: "registrar", ...changes },
  });
  return id;
}

async function withdrawals() {
  const items = await db.outboxItem.findMany({
    where: { transaction: "municipality:withdrawSigningKey" },
    orderBy: { subjectId: "asc" },
    select: { municipality: true, subjectId: true, person: true, organisation: true, role: true },
  });
  return items.map(({ subjectId: id, ...item }) => ({ ...item, id }));
}
