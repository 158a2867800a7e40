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

/** Roles that answer comments in the name of their office, and that decide on what is reported. */
export const answering: readonly Role[] = [
  "responsible_officer",
  "technical_office",
  "coordinator",
  "district_council",
  "giunta",
];
export const moderating: readonly Role[] = ["responsible_officer", "coordinator", "administrator"];

/** What the application itself allows; what ends as a transaction is allowed by the chaincode's own table. */
const applicationPermissions = {
  /** One's own data, drafts, adhesions, notifications. */
  "own:read": ["resident"],
  "own:write": ["resident"],
  "drafts:write": ["resident"],
  /** A draft for somebody at the desk of a house, and taking it by its code. */
  "drafts:help": ["coordinator"],
  "drafts:claim": ["resident"],
  "comments:write": ["resident"],
  "comments:support": ["resident"],
  "comments:report": ["resident"],
  /** In the name of an office. */
  "comments:answer": answering,
  "comments:moderate": moderating,
  /** Of which appeals, the service decides: of those against another person's decision, of another organisation or as a guarantor. */
  "comments:decideAppeal": ["guarantor", ...moderating],
  /** Who hid, kept and objected to what. */
  "comments:inspect": ["guarantor"],
  /** Which one, the service decides: of one's own proposal, of a pact one is party to, or by office. */
  "pictures:add": ["resident"],
  "pictures:report": ["resident"],
  "pictures:moderate": ["responsible_officer", "coordinator", "administrator"],
  /** Whose, the service decides: of a proposal that one represents, or by office. */
  "meetings:convene": ["resident"],
  "meetings:register": ["resident"],
  "ballots:request": ["resident"],
  "roll:change": ["administrator"],
  /** What the Comune says of itself on every page, and what people say of its pages. */
  "site:manage": ["administrator"],
  /** A key of one's own, for those in the register and for parties: the rest the ceremony decides. */
  "own:offerPasskey": ["resident"],
  /** The page of a house: which houses are theirs, the district of their office decides. */
  "houses:edit": ["coordinator"],
  /** An act of the district or of the Giunta; which one, its transaction decides. */
  "pacts:approve": ["district_council", "giunta"],
  /** Who of an office takes on what waits for it, and the number of its record; for whom it waits the duty itself says. */
  "duties:assign": officeRoles,
  /** Acts that were prepared for a person; which ones they may sign, the ledger decides. */
  "acts:sign": [...officeRoles, "resident"],
  /** What the treasury says it did with orders, and the orders for it. */
  "treasury:inspect": ["responsible_officer", "accountant", "treasurer"],
  "treasury:import": ["treasurer"],
  "treasury:codes": ["responsible_officer", "accountant", "treasurer"],
  /** Flows with what the public page leaves out, such as who has a task late. */
  "flows:inspect": ["councillor", "responsible_officer", "accountant", "treasurer", "guarantor"],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof applicationPermissions | TransactionName;

/** What is one organisation's alone: the roll is the registry office's and the site is the Comune's, whoever else administers. */
const ownedBy: Partial<Record<Permission, Organisation>> = {
  "roll:change": "Comune",
  "site:manage": "Comune",
};

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

/** The level of assurance at which somebody acts for an office, and sees what offices see. */
export const OFFICE_LEVEL = 2;

/** The level of assurance that signing in must have had: the second for what is recorded in somebody's name, and for offices. */
export function levelNeeded(permission: Permission): 1 | 2 {
  const light: readonly Permission[] = [
    "own:read",
    "own:write",
    "drafts:write",
    "drafts:claim",
    "meetings:register",
  ];
  return light.includes(permission) ? 1 : 2;
}

/** What moves money or gives power: whoever does it has proved who they are a short while ago. */
export function needsRecentSignIn(permission: Permission): boolean {
  return /^(funds|payments|roll|municipality|offices|passkeys|papers|recovery):/.test(permission);
}

/** Whether the office pages of a municipality have anything for this person. */
export function holdsOffice(viewer: Viewer | undefined, municipality: string): boolean {
  return viewer?.roles.some((role) => role.municipality === municipality) ?? false;
}
