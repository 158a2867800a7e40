import { expect, it } from "vitest";
import { db } from "@/lib/db";
import { reading } from "@/lib/kept-reads";
import { freshDatabase } from "./database";

const { db: other } = await freshDatabase();
let version = 1;

async function somebody(id: string): Promise<void> {
  await other.person.create({ data: { id } });
  await other.roleAssignment.create({
    data: { person: id, municipality: "001272", organisation: "Comune", role: "treasurer" },
  });
}

it("a row with those that belong to it is read twice by one request and again by the next", async () => {
  await somebody("ada");
  const read = () => db.person.findUniqueOrThrow({ where: { id: "ada" }, include: { roles: true } });
  version += 1;
  const [first, second] = await reading(version, async () => [await read(), await read()]);
  const third = await reading(version, read);
  expect(first?.roles).toHaveLength(1);
  expect([second, third]).toEqual([first, first]);
});

it("what one request changes in its rows no other sees", async () => {
  await somebody("bea");
  const read = () => db.person.findMany({ where: { id: "bea" }, include: { roles: true } });
  version += 1;
  await reading(version, async () => {
    const [row] = await read();
    row?.roles.pop();
    expect((await read())[0]?.roles).toHaveLength(1);
  });
});
