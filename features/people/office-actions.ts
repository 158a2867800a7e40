"use server";

import { setImmediate as nextTurn } from "node:timers/promises";
import { getTranslations } from "next-intl/server";
import { type ActionContext, formAction } from "@/lib/action-client";
import { InvalidInputError, NotAllowedError } from "@/lib/errors";
import { log } from "@/lib/log";
import { endRoleSchema, giveRoleSchema, rolesToGive, rollSchema } from "./office-schema";
import { type Administrator, endRole, findPerson, requireHouse } from "./roles-service";
import { type ReadRoll, rollReading, rollText } from "./roll-file";
import { changeRoll } from "./roll-service";
import { giveRole } from "./service";

/** Room for 700,000 codes, one a line. */
const MOST_BYTES = 12_000_000;

/** More line numbers than these help nobody. */
const LINES_SHOWN = 20;

export const giveRoleAction = formAction({
  name: "giveRole",
  permission: "people:manage",
  schema: giveRoleSchema,
  run: async ({ person: typed, role, district, house }, context) => {
    const by = administratorOf(context);
    if (!rolesToGive(by.organisation).includes(role)) throw new NotAllowedError("role_not_yours");
    const { municipality, organisation } = by;
    if (house) await requireHouse(municipality, house);
    const person = await findPerson(municipality, typed);
    await giveRole({
      ...{ person: person.id, municipality, organisation, role, givenBy: by.person },
      ...(district !== undefined && { district }),
      ...(house && { house }),
    });
    const t = await getTranslations("people.office");
    return { done: t("given", { name: person.name }), clear: true };
  },
});

export const endRoleAction = formAction({
  name: "endRole",
  permission: "people:manage",
  schema: endRoleSchema,
  run: async ({ id }, context) => {
    await endRole(administratorOf(context), id);
    const t = await getTranslations("people.office");
    return { done: t("roleEnded"), clear: true };
  },
});

/** The file is read and forgotten: nothing of it is kept but keyed hashes. */
export const importRoll = formAction({
  name: "importRoll",
  permission: "people:manage",
  schema: rollSchema,
  run: async ({ file, mode }, context) => {
    const { municipality, organisation } = administratorOf(context);
    // The roll is the registry office's, whoever else administers the site.
    if (organisation !== "Comune") throw new NotAllowedError();
    const refuse = (code: string, params = {}) =>
      new InvalidInputError({ file: code }, "invalid_input", params);
    if (file.size > MOST_BYTES) throw refuse("file_too_large", { limit: MOST_BYTES / 1_000_000 });
    const { fiscalNumbers, read, wrong } = await readBetweenOthers(new Uint8Array(await file.arrayBuffer()));
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
    const t = await getTranslations("people.office");
    return { done: t("rollDone", { read, ...change }), clear: true };
  },
});

/** Reads a list a few thousand lines at a time: other requests have their turn in between. */
async function readBetweenOthers(bytes: Uint8Array): Promise<ReadRoll> {
  const reading = rollReading(rollText(bytes));
  for (;;) {
    const step = reading.next();
    if (step.done) return step.value;
    await nextTurn();
  }
}

function administratorOf({ municipality, viewer, role }: ActionContext): Administrator {
  return { municipality: municipality.istatCode, organisation: role.organisation, person: viewer.id };
}
