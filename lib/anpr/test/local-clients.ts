/** Clients of the local PDND, and a site's settings for them as an operator would write them. */
import { generateKeyPairSync, type KeyObject, randomUUID } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LocalPdnd } from "./local-pdnd";

export interface Purpose {
  readonly client: string;
  /** Name of the service in PDND's catalogue. */
  readonly service: string;
}

/** Who asked, as the evidence says. */
export interface Caller {
  readonly client: string;
  readonly userID?: string;
  readonly level?: string;
}

export const passphrase = "only for the tests of ANPR";
export const services = {
  C008: "C008-servizioVerificaDichResidenza",
  C020: "C020-servizioAccertamentoResidenza",
} as const;

const clients = new Map<string, { kid: string; publicKey: KeyObject }>();

export function clientKey(client: string): { kid: string; publicKey: KeyObject } | undefined {
  return clients.get(client);
}

/** Registers a client of each municipality with the local PDND and writes the files. */
export function writeAnprSettings(
  pdnd: LocalPdnd,
  municipalities: readonly string[],
  change: Record<string, unknown> = {},
): string {
  const folder = mkdtempSync(join(tmpdir(), "cocity-anpr-"));
  const service = (change.service ?? "C020") as keyof typeof services;
  const members = municipalities.map((municipality) => {
    const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const [client, purpose, kid] = [randomUUID(), randomUUID(), randomUUID()];
    clients.set(client, { kid, publicKey });
    pdnd.purposes.set(purpose, { client, service: services[service] });
    const pem = privateKey.export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase });
    writeFileSync(join(folder, `${municipality}.pem`), pem, { mode: 0o600 });
    return { municipality, client, purpose, kid, key: `${municipality}.pem` };
  });
  const file = join(folder, "anpr.json");
  const settings = {
    token: { endpoint: `${pdnd.origin}/token.oauth2`, audience: pdnd.tokenAudience },
    ...{ service, address: pdnd.address(services[service]), audience: pdnd.audience(services[service]) },
    ...{ members, ...change },
  };
  writeFileSync(file, JSON.stringify(settings));
  return file;
}
