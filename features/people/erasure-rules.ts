import { z } from "zod";
import { Organisation, Role } from "@/protocol/primitives";

/** Whose certificate a row of `LedgerIdentity` is. */
export const Holder = z.object({
  person: z.string(),
  municipality: z.string(),
  organisation: Organisation,
  role: Role,
});
