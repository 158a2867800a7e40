"use server";

import { setImmediate as nextTurn } from "node:timers/promises";
import { getTranslations } from "next-intl/server";
import { formAction } from "@/lib/action-client";
import { InvalidInputError } from "@/lib/errors";
import { log } from "@/lib/log";
import { type ReadRoll, rollReading, rollText } from "./roll-file";
import { rollSchema } from "./roll-schema";
import { changeRoll } from "./roll-service";

/** Room for 700,000 codes, one a line. */
const MOST_BYTES = 12_000_000;

/** More line numbers than these help nobody. */
const LINES_SHOWN = 20;

/** The file is read and forgotten: nothing of it is kept but keyed hashes. */
export const importRoll = formAction({
  name: "importRoll",
  permission: "roll:change",
  schema: rollSchema,
  run: async ({ file, mode }, context) => {
    const municipality = context.municipality.istatCode;
    const refuse = (code: string, params = {}) =>
      new InvalidInputError({ file: code }, "invalid_input", params);
    if (file.size > MOST_BYTES) throw refuse("file_too_large", { limit: MOST_BYTES / 1_000_000 });
    const text = rollText(new Uint8Array(await file.arrayBuffer()));
    if (text === undefined) throw refuse("roll_not_text");
    const { fiscalNumbers, read, wrong } = await readBetweenOthers(text);
    if (wrong.length > 0) {
      const lines = wrong.slice(0, LINES_SHOWN).join(", ");
      const more = wrong.length - LINES_SHOWN;
      throw more > 0
        ? refuse("roll_lines_wrong_more", { lines, more })
        : refuse("roll_lines_wrong", { lines });
    }
    if (fiscalNumbers.length === 0) throw refuse("roll_file_empty");
    const change = await changeRoll(municipality, fiscalNumbers, mode);
    log.info({ municipality, mode, ...change }, "voters' roll changed");
    const t = await getTranslations("people.roll");
    return { done: t("done", { read, ...change }), clear: true };
  },
});

/** Reads a list a few thousand lines at a time: other requests have their turn in between. */
async function readBetweenOthers(text: string): Promise<ReadRoll> {
  const reading = rollReading(text);
  for (;;) {
    const step = reading.next();
    if (step.done) return step.value;
    await nextTurn();
  }
}
