/** Every server action, found in the source, and somebody in every office to post to it. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { PrismaClient } from "@/generated/prisma/client";
import type { FormState } from "@/lib/action-client";
import { can, type Permission } from "@/lib/permissions";
import { type Organisation, type Role, roleOrganisations, roles } from "@/protocol/primitives";
import { takeOffice } from "../register-rows";
import { aglie, torino } from "./town";

export type Action = (state: FormState, form: FormData) => Promise<FormState>;
export type Known = { file: string; name: string; permission: Permission; action: Action };

/** One role each, and nothing else. */
export const officials = roles.filter((role) => !["resident", "casting_service", "service"].includes(role));

/** @returns people by `role municipality` */
export async function somebodyInEveryOffice(db: PrismaClient): Promise<Map<string, string>> {
  const personOf = new Map<string, string>();
  for (const role of officials) {
    const [organisation] = roleOrganisations[role];
    for (const municipality of [torino, aglie]) {
      const person = `${role}-${municipality}`;
      await db.person.create({ data: { id: person, displayName: "Persona di prova" } });
      await takeOffice(db, { person, municipality, organisation: organisation as Organisation, role });
      personOf.set(`${role} ${municipality}`, person);
    }
  }
  return personOf;
}

/** Who may do something here, of those who hold one office. */
export function whoMay(permission: Permission): Role[] {
  return officials.filter((role) => {
    const [organisation] = roleOrganisations[role] as [Organisation];
    const held = [{ municipality: torino, organisation, role }];
    return can({ id: "", name: "", language: "it", roles: held }, torino, permission);
  });
}

export async function everyAction(): Promise<Known[]> {
  const files = (await readdir("features", { recursive: true })).filter((name) =>
    name.endsWith("actions.ts"),
  );
  const found: Known[] = [];
  for (const file of files.map((name) => join("features", name)).sort()) {
    const source = await readFile(file, "utf8");
    const module = (await import(/* @vite-ignore */ join(process.cwd(), file))) as Record<string, unknown>;
    for (const [name, action] of Object.entries(module)) {
      if (typeof action !== "function") continue;
      const start = source.indexOf(`export const ${name} =`);
      const end = source.indexOf("\nexport const ", start + 1);
      const text = source.slice(start, end < 0 ? undefined : end);
      const [, one, other] = /permission: "([^"]+)"|Action\("\w+", "([^"]+)"/.exec(text) ?? [];
      const permission = one ?? other;
      if (start < 0 || !permission) throw new Error(`${file}: what does ${name} permit?`);
      found.push({ file, name, permission: permission as Permission, action: action as Action });
    }
  }
  return found;
}
