/** Papers of the demonstration: acts, minutes, receipts. Each says on its face that it is one. */
import { Readable } from "node:stream";
import { attach, storeUpload, type Uploaded } from "@/features/documents/service";
import { db } from "@/lib/db";
import { BODY, PdfWriter } from "@/lib/pdf/writer";
import type { Act, Actor } from "@/protocol/primitives";

export type ActValue = typeof Act._output;

export async function paper(actor: Actor, title: string): Promise<Uploaded> {
  const { municipality, person } = actor;
  const stream = Readable.from([await pdf(title)]);
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

async function pdf(title: string): Promise<Buffer> {
  const writer = await PdfWriter.open({ title, language: "it" });
  writer.text("DOCUMENTO DIMOSTRATIVO", "bold", 14);
  writer.text(title, "regular", BODY);
  writer.text("Non ha alcun valore: serve a provare l’applicazione.", "regular", BODY);
  return writer.finish("Documento dimostrativo");
}
