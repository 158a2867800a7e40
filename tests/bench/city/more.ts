/** What a city has more of than its story tells: adhesions, comments, payments, pictures, people on the roll. */
import { createHash, randomUUID } from "node:crypto";
import type { Client } from "pg";
import { countOf, insert, municipality, rowsOf } from "./copies";

export const most = { adhesions: 50_000, comments: 20_000, payments: 5_000, pictures: 4_000, roll: 100_000 };

export async function addMore(client: Client): Promise<void> {
  await repeat(client, "chain.adhesion", most.adhesions, (row) => {
    const person = randomUUID();
    const record = row.record as object;
    return { ...row, id: `${row.proposal}/${person}`, person, record: { ...record, person } };
  });
  const proposals = (await rowsOf(client, 'public."Proposal"')).map(({ id }) => id);
  await repeat(client, 'public."Comment"', most.comments, (row, index) => ({
    ...row,
    ...{ id: randomUUID(), replyTo: null, root: null, aboutId: proposals[index % proposals.length] },
  }));
  await repeat(client, "chain.payment", most.payments, (row) => {
    const id = randomUUID();
    return { ...row, id, record: { ...(row.record as object), id } };
  });
  await addPictures(client);
  await addPeople(client);
  await client.query("ANALYZE");
}

async function repeat(
  client: Client,
  table: string,
  wanted: number,
  change: (row: Record<string, unknown>, index: number) => Record<string, unknown>,
): Promise<void> {
  const rows = await rowsOf(client, table);
  if (rows.length === 0) throw new Error(`${table} is empty`);
  const missing = wanted - rows.length;
  const added = Array.from({ length: Math.max(0, missing) }, (_, index) =>
    change(rows[index % rows.length] ?? {}, index),
  );
  await insert(client, table, added);
}

const widths = [320, 640, 1280];

/** Their rows alone: what a page says of a picture, without the bytes that it does not send. */
async function addPictures(client: Client): Promise<void> {
  const commons = (await rowsOf(client, 'public."Commons"')).map(({ id }) => id);
  const day = "2026-05-01";
  const pictures = Array.from({ length: most.pictures }, (_, index) => {
    const id = randomUUID();
    const about = commons[index % commons.length];
    const hash = (name: string) => createHash("sha256").update(`${id} ${name}`).digest("hex");
    const sized = (crop: string, format: string, width: number, height: number) => ({
      ...{ crop, format, width, height, hash: hash(`${crop} ${format} ${width}`) },
    });
    return {
      ...{ id, municipality, aboutType: "commons", aboutId: about, commons: about, moment: null },
      ...{ alternativeText: "Una fotografia inventata", author: "Prova", takenOn: day, license: "CC0-1.0" },
      ...{
        people: "none",
        consent: "",
        focus: "attention",
        uploadedBy: "bench",
        createdAt: `${day}T10:00:00Z`,
      },
      variants: [
        ...widths.flatMap((width) =>
          ["avif", "webp"].map((format) => sized("wide", format, width, Math.round((width * 9) / 16))),
        ),
        ...[sized("wide", "jpg", 640, 360), sized("square", "jpg", 320, 320)],
        ...[sized("share", "jpg", 1200, 630), sized("whole", "jpg", 1600, 1200)],
      ],
    };
  });
  await insert(client, 'public."Picture"', pictures);
}

async function addPeople(client: Client): Promise<void> {
  const held = await countOf(client, 'public."RollPerson"');
  const people = Array.from({ length: Math.max(0, most.roll - held) }, (_, index) => ({
    ...{ municipality, addedAt: "2026-01-01T00:00:00Z" },
    fiscalNumberHash: createHash("sha256").update(`bench ${index}`).digest("hex"),
  }));
  await insert(client, 'public."RollPerson"', people);
}
