import type { Variable } from "@/lib/env";
import type { OrganisationName } from "../sealed/organisations";

export type Program =
  | ("database" | "ledger" | "identity" | "signer")
  | ("worker" | "housekeeping" | "site" | "seed" | "trial-vote")
  /** Each organisation's parts of sealed rounds. */
  | OrganisationName;

const database = ["DATABASE_URL", "DATABASE_KIND"] as const;
const ledger = ["LEDGER_CONNECTION", "KEY_ENCRYPTION_KEY"] as const;
const parts = [
  ...(["COCITY_DATA", "HOST", "PORT", "ORIGIN", "LEDGER_CONNECTION", "FISCAL_NUMBER_KEY"] as const),
  ...(["OIDC_ISSUER", "OIDC_ACR_VALUES", "IDENTITY_PROVIDER_SOCKET"] as const),
  ...(["SEALED_ISSUER_SECRET", "SEALED_SERVICE_SECRET", "SEALED_SOCKETS", "SEALED_ORIGINS"] as const),
  ...(["SEALED_PAUSE_SECONDS"] as const),
  ...(["SEALED_ISSUER_LISTEN", "SEALED_SERVICE_LISTEN", "SEALED_ISSUER_ADDRESS"] as const),
  ...(["SEALED_ISSUER_SMTP_URL", "SEALED_ISSUER_MAIL_FROM"] as const),
  ...(["SEALED_ISSUER_PKCS11_MODULE", "SEALED_ISSUER_PKCS11_TOKEN", "SEALED_ISSUER_PKCS11_PIN"] as const),
] as const;
const story = [
  ...database,
  ...ledger,
  ...(["COCITY_DATA", "HOST", "PORT", "ORIGIN", "FISCAL_NUMBER_KEY", "SIGNER_SOCKET"] as const),
] as const;

/** What each program is told of the application's variables: those it uses and no secret of another. */
const needed: Readonly<Record<Program, readonly Variable[] | "site">> = {
  database: [],
  ledger: ["COCITY_RECOVERY_KEYS"],
  identity: [
    ...(["COCITY_DATA", "HOST", "PORT", "ORIGIN", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"] as const),
    ...(["IDENTITY_PROVIDER_SOCKET", "TRIAL_SIGN_IN_FOR_EVERYBODY", "SIGNER_ORIGIN"] as const),
    "VOTING_CLIENT_SECRET",
  ],
  comune: [...parts, "SEALED_COPY_KEEPER", "SEALED_OPENER"],
  case: parts,
  garanti: [...parts, "VOTING_CLIENT_SECRET"],
  signer: [
    ...(["HOST", "ORIGIN", "IDENTITY_PROVIDER_SOCKET", "TRIAL_SIGN_IN_FOR_EVERYBODY"] as const),
    ...(["SIGNER_FOLDER", "SIGNER_SOCKET", "SIGNER_ORIGIN", "SIGNER_PORT"] as const),
  ],
  worker: [
    ...database,
    ...ledger,
    ...(["WORKER_METRICS_PORT", "METRICS_TOKEN", "HOST", "PORT", "ORIGIN"] as const),
    ...(["SMTP_URL", "MAIL_FROM", "MAIL_BOUNCES", "IDENTITY_PROVIDER_SOCKET", "PUSH_SERVICES"] as const),
  ],
  housekeeping: [...database, ...ledger, "COCITY_DATA", "HOST", "PORT", "ORIGIN"],
  seed: story,
  "trial-vote": [...story, "TRIAL_VOTE_MINUTES"],
  site: "site",
};

/** The site uses every variable but those that lead to the keys of the signer and of sealed rounds. */
const keptFromTheSite: ReadonlySet<Variable> = new Set([
  "SIGNER_FOLDER",
  "SIGNER_SOCKET",
  "COCITY_RECOVERY_KEYS",
  "SEALED_ISSUER_SECRET",
  "SEALED_SERVICE_SECRET",
  "SEALED_ISSUER_SMTP_URL",
  "SEALED_ISSUER_PKCS11_PIN",
  "SMTP_URL",
  "VOTING_CLIENT_SECRET",
]);

const ofEverybody: readonly Variable[] = ["NODE_ENV", "CI", "LANG", "LOG_LEVEL"];
/** Of the account and the machine. */
const ofTheMachine =
  /^(PATH|HOME|USER|LOGNAME|SHELL|LC_\w+|TZ|TMPDIR|TEMP|TMP|XDG_\w+|NODE_\w+|MALLOC_\w+|NEXT_TELEMETRY_DISABLED|SSL_CERT_\w+|(HTTPS?|NO|ALL)_PROXY)$/i;
/** Of the libraries that reach a PostgreSQL or a Fabric network of the operator's own. */
const ofPostgresql = /^PG[A-Z]+$/;
const ofGrpc = /^(GRPC_\w+|grpc_\w+)$/;

/**
 * The part of an environment that a program is started with.
 * @param all the supervisor's, with what it made for the application
 * @param variables every variable of the application
 */
export function environmentOf(
  program: Program,
  all: Readonly<NodeJS.ProcessEnv>,
  variables: readonly Variable[],
): NodeJS.ProcessEnv {
  const needs = needed[program];
  const own = new Set<string>([
    ...ofEverybody,
    ...(needs === "site" ? variables.filter((name) => !keptFromTheSite.has(name)) : needs),
  ]);
  const isNeeded = (name: string) =>
    own.has(name) ||
    ofTheMachine.test(name) ||
    (own.has("DATABASE_URL") && ofPostgresql.test(name)) ||
    (own.has("LEDGER_CONNECTION") && ofGrpc.test(name));
  return Object.fromEntries(Object.entries(all).filter(([name]) => isNeeded(name))) as NodeJS.ProcessEnv;
}
