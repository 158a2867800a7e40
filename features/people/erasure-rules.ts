import { z } from "zod";
import { Organisation, Role } from "@/chaincode/src/protocol/primitives";

/** Whose certificate a row of `LedgerIdentity` is. */
export const Holder = z.object({
  person: z.string(),
  municipality: z.string(),
  organisation: Organisation,
  role: Role,
});
