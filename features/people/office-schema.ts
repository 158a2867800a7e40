/** Forms of who administers a municipality: roles and the voters' roll. */
import { z } from "zod";
import { chosenFile } from "@/features/documents/act-service";
import { mayGive } from "@/lib/permissions";
import { oneLine } from "@/lib/text-field";
import { type Organisation, type Role, roles } from "@/protocol/primitives";

/** Roles of programs, and the one that everybody has. */
const notForPeople: readonly Role[] = ["resident", "casting_service", "service"];

/** The roles an organisation gives to people. */
export function rolesToGive(organisation: Organisation): Role[] {
  return roles.filter((role) => !notForPeople.includes(role) && mayGive(organisation, role));
}

export const giveRoleSchema = z.object({
  person: oneLine(200),
  role: z.enum(roles),
  district: z
    .string()
    .trim()
    .default("")
    .refine((value) => value === "" || /^[1-9]\d?$/.test(value), "district_unknown")
    .transform((value) => (value === "" ? undefined : Number(value))),
  house: z
    .string()
    .default("")
    .transform((value) => value || undefined),
});

export const endRoleSchema = z.object({ id: z.uuid() });

export const rollSchema = z.object({ file: chosenFile, mode: z.enum(["add", "replace"]) });
