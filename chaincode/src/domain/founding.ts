/** A municipality is founded once: its organisations sign who they are and who their first people in office are. */
import { isTrialOrigin } from "../../../protocol/acts/origins";
import { foundingText } from "../../../protocol/acts/recovery-texts";
import { RuleError } from "../../../protocol/errors";
import { isHeldOn } from "../../../protocol/in-office";
import type { InputOf } from "../../../protocol/transactions";
import type { Register } from "../../../protocol/transactions/register";
import { noteAdministrator } from "./administrators";
import type { Handler } from "./handler";
import { requireWithinBounds } from "./municipality";
import { requireRecoverySignatures } from "./recovery-keys";
import { enterOffice, enterPasskey, type Founded, newPasskey } from "./register";
import { invalid, requirePast, requireUnique } from "./require";
import type { Tx } from "./tx";

export const found: Handler<"municipality:found"> = async (tx, input) => {
  requirePast(tx, input.day);
  requireWithinBounds(input.settings, input.trial);
  const { municipality } = tx;
  const { name, casaBody, settings, trial, register } = input;
  const { founding, organisations } = register;
  const record = { municipality, id: municipality, name, casaBody, settings, trial, founding, organisations };
  await tx.create("municipality", [municipality], record);
  tx.put("day", ["day"], { municipality, id: "day", day: input.day });
  await establish(tx, input, record, input.day);
  return undefined;
};

export const introduceRegister: Handler<"municipality:introduceRegister"> = async (tx, input) => {
  const before = await tx.need("municipality", tx.municipality);
  if (before.founding !== undefined) throw new RuleError("already_founded");
  const { founding, organisations } = input.register;
  const record = { ...before, founding, organisations };
  tx.put("municipality", [before.id], record);
  await establish(tx, input, record, tx.day);
  return undefined;
};

async function establish(
  tx: Tx,
  input: InputOf<"municipality:found"> | InputOf<"municipality:introduceRegister">,
  record: Founded,
  day: string,
): Promise<void> {
  const { register, signatures } = input;
  requireDistinct(register);
  for (const { origin } of register.organisations)
    if (isTrialOrigin(origin) && !record.trial) throw new RuleError("origin_not_allowed", { origin });
  if (signatures.length !== register.organisations.length) invalid("signatures");
  const text = foundingText(tx.circumstances.channel, input);
  requireRecoverySignatures(tx, text, register.organisations, signatures);
  const parts = register.organisations.map(({ part }) => part);
  for (const terms of register.offices) {
    if (!parts.includes(terms.organisation)) invalid("register.offices");
    await enterOffice(tx, day, terms, { state: "held", confirmedOn: day });
    await noteAdministrator(tx, await tx.need("office", terms.id));
  }
  for (const terms of register.passkeys) {
    if (terms.resident) invalid("register.passkeys");
    const official = await tx.get("official", terms.person);
    if (!official) return invalid("register.passkeys");
    const passkey = await newPasskey(tx, record, official.organisation, terms);
    enterPasskey(tx, official, { ...passkey, proposedOn: day, state: "counting", countsFrom: day });
  }
  await requireAdministrators(tx, register, day);
}

function requireDistinct({ organisations }: Register): void {
  for (const member of ["part", "mspId", "recoveryKey"] as const)
    requireUnique(
      organisations.map((organisation) => organisation[member]),
      "register.organisations",
    );
}

/** At least two organisations have an administrator with a key, or nobody could ever be confirmed. */
async function requireAdministrators(tx: Tx, { offices }: Register, day: string): Promise<void> {
  const ready = new Set<string>();
  for (const { id, role, organisation, person } of offices) {
    if (role !== "administrator" || !isHeldOn(await tx.need("office", id), day)) continue;
    const { passkeys } = await tx.need("official", person);
    if (passkeys.length > 0) ready.add(organisation);
  }
  if (ready.size < 2) throw new RuleError("founding_incomplete");
}
