/** An act as a form takes it: its data and its file. */
import { z } from "zod";
import { dayGone } from "@/lib/day-field";
import type { Database } from "@/lib/db";
import { InvalidInputError } from "@/lib/errors";
import { oneLine } from "@/lib/text-field";
import type { Act } from "@/protocol/primitives";
import { attach, attachCopy, storeFile, type Uploaded, type Uploader } from "./service";

export const actKinds = ["delibera", "determina", "presa_d_atto", "ordinanza", "verbale"] as const;

/** A file of a form; empty when none was chosen. */
export const chosenFile = z
  .instanceof(File, { error: "file_missing" })
  .refine((file) => file.size > 0 || file.name !== "", "file_missing");

/** Spread into the schema of a form that shows `actFields`. */
export const actSchema = {
  actKind: z.enum(actKinds),
  actNumber: oneLine(40),
  actDate: dayGone,
  actBody: oneLine(200),
  actFile: chosenFile,
};

export type ActInput = {
  actKind: (typeof actKinds)[number];
  actNumber: string;
  actDate: string;
  actBody: string;
  actFile: File;
};
export type ReceivedAct = { act: z.infer<typeof Act>; upload: Uploaded };

/** Keeps the file of an act and gives the act as the ledger takes it. The file is attached by the use case. */
export async function receiveAct(uploader: Uploader, input: ActInput, today: string): Promise<ReceivedAct> {
  if (input.actDate > today) throw new InvalidInputError({ actDate: "date_in_future" }, "date_in_future");
  const upload = await storeFile(uploader, input.actFile, "actFile");
  const { actKind: kind, actNumber: number, actDate: date, actBody: body } = input;
  return { act: { kind, number, date, body, file: upload.hash }, upload };
}

/**
 * Keeps the act's file beside what it decides, in the transaction of the decision: acts are public. Without an
 * `upload` there is only its hash. One act can decide several things.
 */
export async function attachAct(
  tx: Database,
  uploader: Uploader,
  upload: string | undefined,
  about: { type: string; id: string },
  ...others: readonly { type: string; id: string }[]
): Promise<void> {
  if (!upload) return;
  await attach(tx, uploader, upload, { ...about, public: true });
  for (const other of others) await attachCopy(tx, uploader, upload, other);
}
