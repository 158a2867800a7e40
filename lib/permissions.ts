import { type Organisation, officeRoles, type Role } from "@/protocol/primitives";
import { type TransactionName, transactions } from "@/protocol/transactions";
import { allows, type States } from "@/protocol/workflow/table";

/** A role as it is held: for one organisation, in one municipality, perhaps for one district only. */
export type RoleHeld = {
  municipality: string;
  organisation: Organisation;
  role: Role;
  district?: number;
};

export type Viewer = {
  /** `cocity.person` */
  id: string;
  name: string;
  language: "it" | "en";
  /** Without `resident`, which everyone who has signed in is. */
  roles: readonly RoleHeld[];
};

/** What the application itself allows; what ends as a transaction is allowed by the chaincode's own table. */
const applicationPermissions = {
  /** One's own data, drafts, adhesions, notifications. */
  "own:read": ["resident"],
  "own:write": ["resident"],
  "drafts:write": ["resident"],
  "drafts:help": ["coordinator"],
  "comments:write": ["resident"],
  "comments:moderate": ["responsible_officer", "coordinator", "administrator"],
  "ballots:request": ["resident"],
  "roll:change": ["administrator"],
  /** A key of one's own, for those who are in the register: the rest the ceremony decides. */
  "own:offerPasskey": ["resident"],
  "estimates:write": ["technical_office"],
  "coDesign:host": ["coordinator"],
  /** An act of the district or of the Giunta; which one, its transaction decides. */
  "pacts:approve": ["district_council", "giunta"],
  /** Acts that were prepared for a person in office; which ones they may sign, the ledger's register decides. */
  "acts:sign": officeRoles,
  /** Flows with what the public page leaves out, such as who has a task late. */
  "flows:inspect": ["councillor", "responsible_officer", "treasurer", "guarantor"],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof applicationPermissions | TransactionName;

/** What is one organisation's alone: the roll is the registry office's, whoever else administers. */
const ownedBy: Partial<Record<Permission, Organisation>> = { "roll:change": "Comune" };

/**
 * The role under which a viewer may do something in a municipality, or undefined. The chaincode decides again,
 * from the certificate: this only spares people a button that would be refused.
 */
export function roleFor(viewer: Viewer, municipality: string, permission: Permission): RoleHeld | undefined {
  const allowed: readonly Role[] =
    permission in applicationPermissions
      ? applicationPermissions[permission as keyof typeof applicationPermissions]
      : transactions[permission as TransactionName].roles;
  const owner = ownedBy[permission];
  const held = viewer.roles.find(
    ({ role, organisation, ...where }) =>
      where.municipality === municipality &&
      allowed.includes(role) &&
      (owner === undefined || organisation === owner),
  );
  if (held) return held;
  return allowed.includes("resident") ? { municipality, organisation: "Case", role: "resident" } : undefined;
}

export function can(viewer: Viewer | undefined, municipality: string, permission: Permission): boolean {
  return viewer !== undefined && roleFor(viewer, municipality, permission) !== undefined;
}

/** Whether a viewer may take a step on records that are in these states. */
export function canTake(
  viewer: Viewer | undefined,
  municipality: string,
  step: TransactionName,
  states: States,
): boolean {
  return allows(step, states) && can(viewer, municipality, step);
}

/** The level of assurance that signing in must have had: the second for what is recorded in somebody's name, and for offices. */
export function levelNeeded(permission: Permission): 1 | 2 {
  const light: readonly Permission[] = ["own:read", "own:write", "drafts:write"];
  return light.includes(permission) ? 1 : 2;
}

/** What moves money or gives power: whoever does it has proved who they are a short while ago. */
export function needsRecentSignIn(permission: Permission): boolean {
  return /^(funds|payments|roll|municipality|offices|passkeys|recovery):/.test(permission);
}

/** Whether the office pages of a municipality have anything for this person. */
export function holdsOffice(viewer: Viewer | undefined, municipality: string): boolean {
  return viewer?.roles.some((role) => role.municipality === municipality) ?? false;
}
