/*
 * The parts of a sealed round that one organisation runs: its issuer, and relay (comune), copy-keeper (case) or opener
 * (garanti). Each has a folder, a store, a secret and a socket of its own, also where one process runs two of them.
 *
 *   npm run issuer -- --org comune|case|garanti
 *   npm run relay      npm run copy-keeper      npm run opener
 *
 * SEALED_ISSUER_SECRET and SEALED_SERVICE_SECRET are 32 bytes in hexadecimal, each known to its part alone. Prints one
 * line of JSON when it is ready. May be killed at any moment.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { startCopyKeeper } from "../copy-keeper/start";
import { startIssuer } from "../issuer/start";
import type { TokenOptions } from "../issuer/token";
import { startOpener } from "../opener/start";
import { startRelay } from "../relay/start";
import { LateLedger } from "./late-ledger";
import { issuerName, organisationNames, organisations } from "./organisations";
import type { PartOptions, RunningPart } from "./part";

const { values } = parseArgs({
  options: { org: { type: "string" }, part: { type: "string", default: "both" } },
});
const parsed = z
  .object({ org: z.enum(organisationNames), part: z.enum(["issuer", "service", "both"]) })
  .safeParse(values);
if (!parsed.success) {
  console.error("usage: main.ts --org comune|case|garanti [--part issuer|service|both]");
  process.exit(2);
}
const { org, part } = parsed.data;
const { organisation, number, service } = organisations[org];
const root = join(env.COCITY_DATA, "sealed");
const announced = join(root, "announced");
const ledgers: LateLedger[] = [];
const running: RunningPart[] = [];

if (part !== "service") running.push(await startOwnIssuer());
if (part !== "issuer") running.push(await startService());
process.stdout.write(`${JSON.stringify({ ready: true, organisation })}\n`);

let stopping = false;
for (const signal of ["SIGTERM", "SIGINT"] as const)
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    Promise.all(running.map((one) => one.close()))
      .then(() => Promise.all(ledgers.map((ledger) => ledger.close())))
      .catch((error: unknown) => log.error({ err: error }, "stopping failed"))
      .finally(() => process.exit(0));
  });

async function startOwnIssuer(): Promise<RunningPart> {
  const name = issuerName(org);
  const trial = env.IDENTITY_PROVIDER_SOCKET !== undefined;
  const { SEALED_ISSUER_SMTP_URL: url, SEALED_ISSUER_MAIL_FROM: from } = env;
  if ((url === undefined) !== (from === undefined))
    throw new Error("SEALED_ISSUER_SMTP_URL and SEALED_ISSUER_MAIL_FROM are given together");
  const mail = url !== undefined && from !== undefined ? { mail: { url, from } } : undefined;
  const token = tokenOf();
  if (!mail && !trial) log.warn({ issuer: number }, "without a mail server nobody is told of credentials");
  return startIssuer({
    ...options(name, "registrar", env.SEALED_ISSUER_SECRET, env.SEALED_ISSUER_LISTEN),
    number,
    provider: env.OIDC_ISSUER ?? `${env.ORIGIN}/trial-id`,
    fiscalNumberKey: env.FISCAL_NUMBER_KEY,
    rolls: join(root, "rolls"),
    address: env.SEALED_ISSUER_ADDRESS ?? `${env.ORIGIN}/sealed/issuer/${number}`,
    ...(number === 3 && env.VOTING_CLIENT_SECRET !== undefined && { clientSecret: env.VOTING_CLIENT_SECRET }),
    acrValues: env.OIDC_ACR_VALUES,
    origins: env.SEALED_ORIGINS.length > 0 ? env.SEALED_ORIGINS : [env.ORIGIN],
    ...mail,
    mailbox: trial && mail === undefined,
    ...(token && { token }),
  });
}

function tokenOf(): TokenOptions | undefined {
  const { SEALED_ISSUER_PKCS11_MODULE: module, SEALED_ISSUER_PKCS11_TOKEN: label } = env;
  const { SEALED_ISSUER_PKCS11_PIN: pin } = env;
  if (module === undefined && label === undefined && pin === undefined) return undefined;
  if (module === undefined || label === undefined || pin === undefined)
    throw new Error("SEALED_ISSUER_PKCS11_MODULE, _TOKEN and _PIN are given together");
  return { module, label, pin };
}

async function startService(): Promise<RunningPart> {
  const shared = options(service, "casting_service", env.SEALED_SERVICE_SECRET, env.SEALED_SERVICE_LISTEN);
  if (service === "copy-keeper") return startCopyKeeper(shared);
  if (service === "opener") return startOpener(shared);
  return startRelay({
    ...shared,
    copyKeeper: env.SEALED_COPY_KEEPER ?? socketOf("copy-keeper"),
    opener: env.SEALED_OPENER ?? socketOf("opener"),
  });
}

function options(
  name: string,
  role: "registrar" | "casting_service",
  secret: string,
  listen: string | undefined,
): PartOptions {
  const folder = join(root, name);
  const ledger = new LateLedger({
    connectionFile: env.LEDGER_CONNECTION,
    folder: join(folder, "certificates"),
    ...{ secret, organisation, role, announced },
    person: `service-${name}`,
  });
  ledgers.push(ledger);
  const pauseMs = env.SEALED_PAUSE_SECONDS * 1000;
  return { folder, secret, ledger, listen: listen ?? socketOf(name), pauseMs };
}

function socketOf(name: string): string {
  if (env.SEALED_SOCKETS === undefined)
    throw new Error("SEALED_SOCKETS names the folder of the parts' sockets");
  return join(env.SEALED_SOCKETS, `${name}.sock`);
}
