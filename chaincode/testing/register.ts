/** The register of the story: three organisations, its people in office with a key each, and offline recovery keys. */
import { createHash } from "node:crypto";
import { toBase64url } from "../../protocol/acts/base64url";
import { foundingText } from "../../protocol/acts/recovery-texts";
import { submissionOf } from "../../protocol/acts/roles";
import type { Actor, Organisation } from "../../protocol/primitives";
import type { InputOf } from "../../protocol/transactions";
import type { Register } from "../../protocol/transactions/register";
import { recoveryKeyEntry } from "../src/domain/recovery-keys";
import { Authenticator } from "./authenticator";
import { act, registration } from "./founding-inputs";
import { people, person, torino } from "./people";

export const channel = "cocity";
export const founding = "00112233445566778899aabbccddeeff";

/** MSP ids that no code knows. */
export const mspOf: Readonly<Record<Organisation, string>> = {
  Comune: "CittaMSP",
  Case: "ReteMSP",
  Garanti: "GaranteMSP",
};

/** Origins of the story, where it is not a trial. */
export const originOf: Readonly<Record<Organisation, string>> = {
  Comune: "https://comune.example",
  Case: "https://rete.example",
  Garanti: "https://garanti.example",
};

export const administrators = {
  Comune: people.administrator,
  second: person("sara-administrator", "administrator", "Comune"),
  Case: person("teo-administrator", "administrator", "Case"),
  Garanti: person("ugo-administrator", "administrator", "Garanti"),
} as const;

/** Everybody of the story who signs acts. */
export const signers: readonly Actor[] = [
  ...Object.values(people).filter(({ role }) => submissionOf(role) === "act"),
  administrators.second,
  administrators.Case,
  administrators.Garanti,
];

const keys = new Map<string, Authenticator>();

/** The key of somebody in office; the same for a name in every test of a file. */
export function keyOf(name: string): Authenticator {
  const known = keys.get(name) ?? new Authenticator();
  keys.set(name, known);
  return known;
}

export const recoveryKeys: Readonly<Record<Organisation, Authenticator>> = {
  Comune: new Authenticator(),
  Case: new Authenticator(),
  Garanti: new Authenticator(),
};

/** What every endorser is configured with. */
export const configuredRecoveryKeys: ReadonlySet<string> = new Set(
  (["Comune", "Case", "Garanti"] as const).map((part) => {
    const der = Buffer.from(recoveryKeys[part].spki, "base64");
    return recoveryKeyEntry(mspOf[part], createHash("sha256").update(der).digest("hex"));
  }),
);

export function officeOf({ person: name, role, organisation }: Actor): Register["offices"][number] {
  return {
    id: `office-${name}`,
    person: name,
    organisation,
    role,
    from: "2026-01-01",
    act: act("appointments"),
  };
}

export function passkeyOf(name: string, key = keyOf(name)): Register["passkeys"][number] {
  return { person: name, credential: key.credential, spki: key.spki, algorithm: key.algorithm };
}

/** The key's id in the register. */
export function passkeyId({ credential }: Pick<Authenticator, "credential">): string {
  return createHash("sha256").update(Buffer.from(credential, "base64url")).digest("hex");
}

export function register(origins = originOf, own: readonly Actor[] = signers): Register {
  return {
    founding,
    organisations: (["Comune", "Case", "Garanti"] as const).map((part) => ({
      part,
      mspId: mspOf[part],
      origin: origins[part],
      recoveryKey: recoveryKeys[part].spki,
    })),
    offices: own.map(officeOf),
    passkeys: own.map(({ person: name }) => passkeyOf(name)),
  };
}

const envelope = { command: "7b1c4f3e-6d0a-4b52-9e0b-3f6f6f1c2d12", municipality: torino };

type Founding = InputOf<"municipality:found">;

/** The founding of the story with its signatures. */
export function foundingInput(
  changes: Partial<Omit<Founding, "signatures">> = {},
  signedBy: readonly Organisation[] = ["Comune", "Case", "Garanti"],
): Founding {
  const { trial: _, ...registered } = registration({ objectionDays: 5, votingDays: 5 }, false);
  const unsigned = { ...envelope, ...registered, register: register(), ...changes };
  const text = foundingText(channel, { ...unsigned, signatures: [] });
  return { ...unsigned, signatures: signedWith(text, signedBy) };
}

/** The founding of the municipality in which the story is told: a trial, whose days may be past ones. */
export function storyFounding(
  settings: Partial<Founding["settings"]> = {},
  trial = true,
  changes: Partial<Omit<Founding, "signatures">> = {},
): Founding {
  return foundingInput({ ...registration(settings, trial), ...changes });
}

/** The register of the story for a chain that began before there was one. */
export function introduction(given = register()): InputOf<"municipality:introduceRegister"> {
  const unsigned = { ...envelope, register: given };
  const text = foundingText(channel, { ...unsigned, signatures: [] });
  return { ...unsigned, signatures: signedWith(text, ["Comune", "Case", "Garanti"]) };
}

export function signedWith(text: string, signedBy: readonly Organisation[], own = recoveryKeys) {
  return signedBy.map((part) => ({ part, signature: toBase64url(own[part].sign(Buffer.from(text))) }));
}
