/** Who signs what: people in office sign acts, residents are vouched for by their Comune, programs have certificates. */
import { type Role, roles } from "../primitives";

/** The three ways in which a transaction is submitted. */
export const submissions = ["act", "resident", "service"] as const;
export type Submission = (typeof submissions)[number];

/** Roles of programs: their certificate is all that says who they are. */
export const programRoles = ["service", "casting_service", "registrar"] as const satisfies readonly Role[];
export type ProgramRole = (typeof programRoles)[number];

export function isProgramRole(role: Role): role is ProgramRole {
  return (programRoles as readonly Role[]).includes(role);
}

/** Roles in which a person signs acts. */
export const actRoles = roles.filter(
  (role): role is Exclude<Role, ProgramRole | "resident"> => role !== "resident" && !isProgramRole(role),
);
export type ActRole = (typeof actRoles)[number];

/** How somebody in a role submits. */
export function submissionOf(role: Role): Submission {
  if (role === "resident") return "resident";
  return isProgramRole(role) ? "service" : "act";
}
