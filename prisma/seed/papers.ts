/** Papers of the demonstration: acts, minutes, receipts. Each says on its face that it is one. */
import { Readable } from "node:stream";
import { PDFDocument, StandardFonts } from "pdf-lib";
import type { Act, Actor } from "@/chaincode/src/protocol/primitives";
import { attach, storeUpload, type Uploaded } from "@/features/documents/service";
import { db } from "@/lib/db";

export type ActValue = typeof Act._output;

export async function paper(actor: Actor, title: string): Promise<Uploaded> {
  const { municipality, person } = actor;
  const stream = Readable.from([Buffer.from(await pdf(title))]);
  return storeUpload(
    { municipality, person },
    { name: `${title.replace(/[^\p{L}\p{N} ]/gu, "")}.pdf`, stream },
  );
}

/** An act with its file, kept beside what it is about. */
export async function act(
  actor: Actor,
  given: { kind: ActValue["kind"]; number: string; date: string; body: string },
  about: { type: string; id: string },
): Promise<{ act: ActValue; upload: string }> {
  const file = await paper(actor, `${given.kind.replaceAll("_", " ")} ${given.number} del ${given.date}`);
  await attach(db, actor, file.id, { ...about, public: true });
  return { act: { ...given, file: file.hash }, upload: file.id };
}

async function pdf(title: string): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.Helvetica);
  const page = document.addPage([420, 595]);
  document.setTitle(title);
  page.drawText("DOCUMENTO DIMOSTRATIVO", { x: 40, y: 530, size: 14, font });
  page.drawText(title, { x: 40, y: 500, size: 11, font, maxWidth: 340 });
  page.drawText("Non ha alcun valore: serve a provare l'applicazione.", { x: 40, y: 440, size: 10, font });
  return document.save();
}
