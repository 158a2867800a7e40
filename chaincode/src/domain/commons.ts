import type { Handler } from "./handler";

export const register: Handler<"commons:register"> = async (tx, input) => {
  const { municipality } = tx;
  await tx.create("commons", [input.id], {
    municipality,
    id: input.id,
    kind: input.kind,
    digest: input.digest,
  });
  return undefined;
};

/** Puts the hash of a file on the chain. A correction is a new document that names the one it corrects. */
export const recordDocument: Handler<"documents:record"> = async (tx, input) => {
  const { id, commons, kind, hash, corrects } = input;
  if (commons !== undefined) await tx.need("commons", commons);
  if (corrects !== undefined) await tx.need("document", corrects);
  await tx.create("document", [id], {
    municipality: tx.municipality,
    id,
    commons,
    kind,
    hash,
    recordedOn: tx.day,
    corrects,
  });
  return undefined;
};
