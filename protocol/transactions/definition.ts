/** What every transaction has. */
import { z } from "zod";
import { CommandId, IstatCode, type Role } from "../primitives";

/** Sent with every transaction. `command` is a UUID chosen once for one intention of one person. */
export const Envelope = { command: CommandId, municipality: IstatCode };

/** The schema of a transaction's argument. */
export const input = <T extends z.ZodRawShape>(shape: T) => z.strictObject({ ...Envelope, ...shape });
/** A transaction: who may submit it, and what it takes. */
export const define = <T extends z.ZodType>(roles: readonly Role[], schema: T) => ({ roles, input: schema });

export const anyOrganisationRole = ["administrator", "service"] as const;
export const officer = ["responsible_officer"] as const;
export const accountant = ["accountant"] as const;
