import { join, resolve } from "node:path";
import { env, isGiven, isTrialSignIn, type Variable, variableNames } from "@/lib/env";
import { mayServeTrialSignIn } from "@/lib/origin";
import { bundled, compileCache, type ProgramSource } from "@/lib/programs";
import { databaseUrl } from "@/services/database/server";
import { issuerName, organisationNames, organisations } from "../sealed/organisations";
import type { DataFolder } from "./data-folder";
import { environmentOf, type Program } from "./environment";
import { StartFailure } from "./failure";
import { Service, type ServiceOptions } from "./service";
import { signerFolder } from "./sockets";
import { words } from "./words";

export type Services = {
  /** Absent where the environment names a PostgreSQL, a Fabric network or an identity provider of one's own. */
  database: Service | undefined;
  ledger: Service | undefined;
  identity: Service | undefined;
  /** There is a trial signer where there is a trial identity provider. */
  signer: Service | undefined;
  /** Each organisation's parts of sealed rounds: in a trial one operator holds them all. */
  parts: Service[];
  worker: Service;
  housekeeping: Service;
  site: Service;
  /** Everything the application is given; each process gets its part of it, see `environmentOf`. */
  environment: NodeJS.ProcessEnv;
};

/** The condition makes `server-only` what it is on a server. */
export const onServer = (source: ProgramSource) => ["--conditions=react-server", bundled(source)];

/**
 * For a process that answers little at a time: V8's own young generation, of up to 16 MB a half, is made for throughput,
 * and once grown is not given back.
 */
const smallYoungGeneration = "--max-semi-space-size=2";

/** A process whose work is short is given up sooner: its event loop has no reason to stand still. */
const SHORT_WORK_SECONDS = 10;
const LONG_WORK_SECONDS = 300;

/** @throws StartFailure where the trial identity provider would let in whoever can reach the site */
export function checkSignIn(): void {
  if (isTrialSignIn() && !mayServeTrialSignIn(env)) throw new StartFailure(words.failed.trialSignIn);
}

/** The processes of one Co-City, with the sockets and secrets that join them. Nothing is started yet. */
export function describeServices(folder: DataFolder): Services {
  const environment = applicationEnvironment(folder);
  const service = ({
    secrets,
    ...options
  }: Omit<ServiceOptions, "environment" | "logFile"> & {
    name: Program;
    secrets?: Readonly<Partial<Record<Variable, string>>>;
  }) =>
    new Service({
      ...options,
      environment: environmentOf(
        options.name,
        { ...environment, ...secrets } as NodeJS.ProcessEnv,
        variableNames,
      ),
      logFile: join(folder.path, "logs", `${options.name}.log`),
    });
  const signer = !isTrialSignIn()
    ? undefined
    : service({
        name: "signer",
        args: [smallYoungGeneration, ...onServer("services/signer/main.ts")],
        startSeconds: 60,
        silentSeconds: SHORT_WORK_SECONDS,
      });
  return {
    environment,
    signer,
    database: isGiven("DATABASE_URL")
      ? undefined
      : service({
          name: "database",
          args: [
            ...[
              smallYoungGeneration,
              ...onServer("services/database/main.ts"),
              "--data",
              join(folder.path, "database"),
            ],
            ...["--password-file", join(folder.path, "secrets", "database-password")],
            ...["--socket", folder.sockets.database],
          ],
          startSeconds: 120,
          silentSeconds: LONG_WORK_SECONDS,
        }),
    ledger: isGiven("LEDGER_CONNECTION")
      ? undefined
      : service({
          name: "ledger",
          args: [
            ...[...onServer("ledger/embedded/main.ts"), "--data", join(folder.path, "ledger")],
            ...["--chaincode-dir", "chaincode"],
          ],
          moreEnvironment: () => knownRecoveryKeys(environment, signer),
          // It takes free ports at first; who is connected finds it there again.
          again: ({ port, caPort }) => ["--port", String(port), "--ca-port", String(caPort)],
          startSeconds: 120,
          silentSeconds: LONG_WORK_SECONDS,
        }),
    identity: !isTrialSignIn()
      ? undefined
      : service({
          name: "identity",
          args: [smallYoungGeneration, ...onServer("services/identity-provider/main.ts")],
          startSeconds: 60,
          silentSeconds: SHORT_WORK_SECONDS,
        }),
    parts: organisationNames.map((name) =>
      service({
        name,
        args: [
          ...[smallYoungGeneration, "--disable-warning=ExperimentalWarning"],
          ...[...onServer("services/sealed/main.ts"), "--org", name],
        ],
        startSeconds: 60,
        silentSeconds: LONG_WORK_SECONDS,
        // Known to no other process, whatever that process is told.
        secrets: {
          SEALED_ISSUER_SECRET: folder.secrets[issuerName(name)],
          SEALED_SERVICE_SECRET: folder.secrets[organisations[name].service],
        },
      }),
    ),
    worker: service({
      name: "worker",
      args: [smallYoungGeneration, ...onServer("services/worker.ts")],
      startSeconds: 60,
      silentSeconds: LONG_WORK_SECONDS,
    }),
    housekeeping: service({
      name: "housekeeping",
      args: [smallYoungGeneration, ...onServer("services/housekeeping.ts")],
      startSeconds: 60,
      silentSeconds: LONG_WORK_SECONDS,
    }),
    site: service({
      name: "site",
      // Without the condition: Next brings its own builds of React for pages and for the browser's part.
      args: [bundled("services/site/main.ts")],
      startSeconds: 60,
      silentSeconds: SHORT_WORK_SECONDS,
    }),
  };
}

function applicationEnvironment(folder: DataFolder): NodeJS.ProcessEnv {
  const { secrets, sockets } = folder;
  const made: Partial<Record<Variable, string>> = {
    DATABASE_URL: databaseUrl(sockets.database, secrets["database-password"]),
    LEDGER_CONNECTION: join(folder.path, "ledger", "connection.json"),
    IDENTITY_PROVIDER_SOCKET: sockets.identity,
    SEALED_SOCKETS: sockets.folder,
    VOTING_CLIENT_SECRET: secrets["voting-client"],
    SIGNER_FOLDER: signerFolder(folder.path),
    SIGNER_SOCKET: sockets.signer,
    SIGNER_ORIGIN: signerOrigin(),
    OIDC_CLIENT_SECRET: secrets["oidc-client-secret"],
    NEXTAUTH_SECRET: secrets["nextauth-secret"],
    KEY_ENCRYPTION_KEY: secrets["key-encryption-key"],
    FISCAL_NUMBER_KEY: secrets["fiscal-number-key"],
  };
  // Of the trial's own programs, which are not there beside a real identity provider.
  if (!isTrialSignIn())
    for (const name of [
      "IDENTITY_PROVIDER_SOCKET",
      "SIGNER_FOLDER",
      "SIGNER_SOCKET",
      "SIGNER_ORIGIN",
    ] as const)
      delete made[name];
  const wanted = Object.entries(made).filter(([name]) => !isGiven(name as Variable));
  return {
    // glibc would keep what each of Node's threads has freed, several times what a process uses; others do not read this.
    MALLOC_ARENA_MAX: "1",
    MALLOC_TRIM_THRESHOLD_: "131072",
    ...process.env,
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
    NODE_COMPILE_CACHE: resolve(compileCache),
    COCITY_DATA: folder.path,
    HOST: env.HOST,
    PORT: String(env.PORT),
    ORIGIN: env.ORIGIN,
    SIGNER_PORT: String(env.SIGNER_PORT),
    DATABASE_KIND: isGiven("DATABASE_URL") ? "postgresql" : "pglite",
    ...Object.fromEntries(wanted),
  };
}

/** Under the site's own name, on the signer's port. */
function signerOrigin(): string {
  const url = new URL(env.ORIGIN);
  url.port = String(env.SIGNER_PORT);
  return url.origin;
}

/** The recovery keys that the environment names and those of the trial, which the signer made. */
function knownRecoveryKeys(
  environment: NodeJS.ProcessEnv,
  signer: Service | undefined,
): { COCITY_RECOVERY_KEYS: string } {
  const keys = [environment.COCITY_RECOVERY_KEYS, signer?.ready?.recoveryKeys];
  return { COCITY_RECOVERY_KEYS: keys.filter((key) => typeof key === "string" && key !== "").join(",") };
}

export function announce(service: Service): void {
  console.log(words.starting[service.name as keyof typeof words.starting]);
}
