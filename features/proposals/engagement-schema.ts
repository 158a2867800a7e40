/** What the forms beside a published proposal take. */
import { z } from "zod";

const id = z.string().min(1).max(64);

export const adhesionKinds = ["support", "time", "resources"] as const;

export const adhereSchema = z.object({ proposal: id, command: z.uuid(), kind: z.enum(adhesionKinds) });
export const withdrawAdhesionSchema = z.object({ proposal: id, command: z.uuid() });
