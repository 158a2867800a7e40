/**
 * Who signs what: people in office sign acts, residents what binds them and are vouched for by their Comune otherwise,
 * programs have certificates.
 */
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

/** Roles in whose name an act is signed: those of an office, and residents. */
export const signingRoles = [...actRoles, "resident"] as const;
export type SigningRole = (typeof signingRoles)[number];

/** How somebody in a role submits what binds no party. */
export function submissionOf(role: Role): Submission {
  if (role === "resident") return "resident";
  return isProgramRole(role) ? "service" : "act";
}
