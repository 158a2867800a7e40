import { join, resolve } from "node:path";
import { env, isGiven, type Variable } from "@/lib/env";
import type { DataFolder } from "./data-folder";
import { freePorts } from "./ports";
import { Service, type ServiceOptions } from "./service";
import { words } from "./words";

export type Services = {
  /** Absent where the environment names a PostgreSQL, a Fabric network or an identity provider of one's own. */
  database: Service | undefined;
  ledger: Service | undefined;
  identity: Service | undefined;
  worker: Service;
  housekeeping: Service;
  site: Service;
  /** What every process of the application is given. */
  environment: NodeJS.ProcessEnv;
};

/** Node loads TypeScript itself; the condition makes `server-only` what it is on a server. */
export const typescript = ["--conditions=react-server", "--import", "tsx"];

/** The processes of one Co-City, with the ports and secrets that join them. Nothing is started yet. */
export async function describeServices(folder: DataFolder): Promise<Services> {
  const ports = await freePorts(["database", "ledger", "certificates", "identity"]);
  const environment = applicationEnvironment(folder, ports);
  const service = (options: Omit<ServiceOptions, "environment" | "logFile">) =>
    new Service({ ...options, environment, logFile: join(folder.path, "logs", `${options.name}.log`) });
  return {
    environment,
    database: isGiven("DATABASE_URL")
      ? undefined
      : service({
          name: "database",
          args: [
            ...[...typescript, "lib/database/main.ts", "--data", join(folder.path, "database")],
            ...["--password-file", join(folder.path, "secrets", "database-password")],
            ...["--port", String(ports.database)],
          ],
          startSeconds: 120,
        }),
    ledger: isGiven("LEDGER_CONNECTION")
      ? undefined
      : service({
          name: "ledger",
          args: [
            ...[...typescript, "ledger/peer/main.ts", "--data", join(folder.path, "ledger")],
            ...["--port", String(ports.ledger), "--ca-port", String(ports.certificates)],
            ...["--chaincode-dir", "chaincode"],
          ],
          startSeconds: 120,
        }),
    identity: isGiven("OIDC_ISSUER")
      ? undefined
      : service({
          name: "identity",
          args: [...typescript, "scripts/identity-provider.ts"],
          startSeconds: 60,
        }),
    worker: service({
      name: "worker",
      args: [...typescript, "ledger/worker.ts"],
      startSeconds: 60,
    }),
    housekeeping: service({
      name: "housekeeping",
      args: [...typescript, "scripts/housekeeping.ts"],
      startSeconds: 60,
    }),
    site: service({
      name: "site",
      // Without the condition: Next brings its own builds of React for pages and for the browser's part.
      args: ["--import", "tsx", "scripts/site.ts"],
      startSeconds: 60,
    }),
  };
}

type Ports = { database: number; ledger: number; certificates: number; identity: number };

function applicationEnvironment(folder: DataFolder, ports: Ports): NodeJS.ProcessEnv {
  const { secrets } = folder;
  const made: Partial<Record<Variable, string>> = {
    DATABASE_URL: `postgres://postgres:${secrets["database-password"]}@127.0.0.1:${ports.database}/postgres`,
    LEDGER_CONNECTION: join(folder.path, "ledger", "connection.json"),
    IDENTITY_PROVIDER_URL: `http://127.0.0.1:${ports.identity}`,
    OIDC_CLIENT_SECRET: secrets["oidc-client-secret"],
    NEXTAUTH_SECRET: secrets["nextauth-secret"],
    KEY_ENCRYPTION_KEY: secrets["key-encryption-key"],
    FISCAL_NUMBER_KEY: secrets["fiscal-number-key"],
  };
  if (isGiven("OIDC_ISSUER")) delete made.IDENTITY_PROVIDER_URL;
  const wanted = Object.entries(made).filter(([name]) => !isGiven(name as Variable));
  return {
    ...process.env,
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
    // What V8 has compiled once it need not compile at the next start.
    NODE_COMPILE_CACHE: resolve("generated", "compile-cache"),
    COCITY_DATA: folder.path,
    HOST: env.HOST,
    PORT: String(env.PORT),
    ORIGIN: env.ORIGIN,
    DATABASE_KIND: isGiven("DATABASE_URL") ? "postgresql" : "pglite",
    ...Object.fromEntries(wanted),
  };
}

export function announce(service: Service): void {
  console.log(words.starting[service.name as keyof typeof words.starting]);
}
