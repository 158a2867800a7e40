import { RuleError } from "../protocol/errors";
import type { Handler } from "./handler";
import { invalid, requirePast } from "./require";
import type { Tx } from "./tx";

/** A municipality starts its part of the chain, on a day that has come. Done once, by the Comune. */
export const register: Handler<"municipality:register"> = async (tx, input) => {
  requireComune(tx);
  requirePast(tx, input.day);
  const { municipality } = tx;
  await tx.create("municipality", [municipality], {
    municipality,
    id: municipality,
    name: input.name,
    casaBody: input.casaBody,
    settings: input.settings,
  });
  tx.put("day", ["day"], { municipality, id: "day", day: input.day });
  return undefined;
};

export const changeSettings: Handler<"municipality:changeSettings"> = async (tx, input) => {
  requireComune(tx);
  const record = await tx.need("municipality", tx.municipality);
  tx.put("municipality", [record.id], { ...record, settings: input.settings, act: input.act });
  return undefined;
};

/** The chain's day goes forward only, and never past the endorser's own clock. */
export const advanceDay: Handler<"municipality:advanceDay"> = (tx, { day }) => {
  if (day <= tx.day) throw new RuleError("day_backwards", { day: tx.day });
  requirePast(tx, day);
  tx.put("day", ["day"], { municipality: tx.municipality, id: "day", day });
  return undefined;
};

/** Keeps a registrar's public key: the one of the certificate that asks, so nobody registers another's. */
export const registerSigningKey: Handler<"municipality:registerSigningKey"> = async (tx, input) => {
  if (input.publicKey !== tx.circumstances.certificateKey()) invalid("publicKey");
  await tx.create("signing_key", [input.id], {
    municipality: tx.municipality,
    id: input.id,
    organisation: tx.actor.organisation,
    person: tx.actor.person,
    publicKey: input.publicKey,
    withdrawn: false,
  });
  return undefined;
};

export const withdrawSigningKey: Handler<"municipality:withdrawSigningKey"> = async (tx, input) => {
  const key = await tx.need("signing_key", input.id);
  if (key.organisation !== tx.actor.organisation) {
    throw new RuleError("wrong_organisation", { organisation: tx.actor.organisation, role: tx.actor.role });
  }
  if (key.withdrawn) throw new RuleError("key_withdrawn", { id: input.id });
  tx.put("signing_key", [key.id], { ...key, withdrawn: true });
  return undefined;
};

function requireComune(tx: Tx): void {
  const { organisation, role } = tx.actor;
  if (organisation !== "Comune") throw new RuleError("wrong_organisation", { organisation, role });
}
