import type { JsonObject } from "./merge";
import type { Process } from "./process";

export const personName = "Persona fisica o gruppo informale (nome non pubblicato)";

type Role = "buyer" | "procuringEntity" | "supplier" | "payer" | "payee" | "funder";

/** Who takes part, with every role they have had so far: a later release replaces the list of roles. */
export class Parties {
  readonly #roles = new Map<string, Set<Role>>();
  readonly #codes = new Map<string, string>();
  #referenced = new Set<string>();

  constructor(private readonly process: Process) {}

  get comune(): string {
    return `comune-${this.process.municipality.istatCode}`;
  }

  /** A reference to a party; it is defined in the same release. */
  reference(id: string, ...roles: Role[]): JsonObject {
    const known = this.#roles.get(id) ?? new Set();
    for (const role of roles) known.add(role);
    this.#roles.set(id, known);
    this.#referenced.add(id);
    return { id, name: this.#name(id) };
  }

  /** The public tax code by which the ledger has a body. */
  hasCode(id: string, code: string): void {
    this.#codes.set(id, code);
  }

  /** Definitions of those referenced since this was asked last. */
  take(): JsonObject[] {
    const ids = [...this.#referenced].sort();
    this.#referenced = new Set();
    return ids.map((id) => ({
      ...{ id, name: this.#name(id) },
      ...this.#identifier(id),
      roles: [...(this.#roles.get(id) ?? [])].sort(),
    }));
  }

  #name(id: string): string {
    const { municipality, words } = this.process;
    if (id === this.comune) return `Comune di ${municipality.name}`;
    return words.subjects.get(id) || personName;
  }

  #identifier(id: string): JsonObject {
    const { municipality, words } = this.process;
    const code = id === this.comune ? municipality.ipaCode : words.subjects.get(id) && this.#codes.get(id);
    return code ? { identifier: { id: code, legalName: this.#name(id) } } : {};
  }
}
