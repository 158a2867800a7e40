import { resolve } from "node:path";
import { z } from "zod";

const key = z.string().regex(/^[0-9a-f]{64}$/, "must be 32 bytes in hexadecimal");

const list = z
  .string()
  .default("")
  .transform((text) =>
    text
      .split(",")
      .map((part) => part.trim())
      .filter(Boolean),
  );

/** Everything the application takes from its environment. `scripts/start.ts` sets what a person need not. */
const variables = {
  NODE_ENV: z.enum(["development", "production", "test"]).default("development"),
  CI: z.stringbool().default(false),
  LANG: z.string().default("en"),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
  HOST: z.string().min(1).default("127.0.0.1"),
  PORT: z.coerce.number().int().min(1).max(65535).default(3000),
  /** Folder for everything the server keeps. */
  COCITY_DATA: z
    .string()
    .default("data")
    .transform((folder) => resolve(folder)),
  /** What a browser's address bar shows: issuer, callback and cookies follow from it. */
  ORIGIN: z
    .url({ protocol: /^https?$/ })
    .prefault(() => localOrigin())
    .transform((url) => new URL(url).origin),
  /** Other names, with their ports, under which the site may be asked for, separated by commas: a load balancer's check. */
  ALLOWED_HOSTS: list,
  /** Addresses of proxies in front of the site, separated by commas, whose `X-Forwarded-For` is believed. */
  TRUSTED_PROXIES: list,
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  /** PGlite is one session behind a socket: its clients keep few connections and short transactions. */
  DATABASE_KIND: z.enum(["pglite", "postgresql"]).default("postgresql"),
  /** `connection.json`, as `ledger/client/connection.ts` reads it. */
  LEDGER_CONNECTION: z.string(),
  /** Private socket of the trial identity provider; absent where a real one is configured. */
  IDENTITY_PROVIDER_SOCKET: z.string().optional(),
  /** Where the trial signer keeps its keys, and the socket on which it answers the seed. */
  SIGNER_FOLDER: z.string().optional(),
  SIGNER_SOCKET: z.string().optional(),
  /** Where browsers reach the trial signer; absent where there is none. */
  SIGNER_ORIGIN: z
    .url({ protocol: /^https?$/ })
    .transform((url) => new URL(url).origin)
    .optional(),
  SIGNER_PORT: z.coerce
    .number()
    .int()
    .min(1)
    .max(65535)
    .prefault(() => nextPort()),
  /**
   * Recovery keys of the organisations as `MSPID:fingerprint`, separated by commas, for the embedded ledger's chaincode:
   * `ledger/network/README.md` says how they are made.
   */
  COCITY_RECOVERY_KEYS: z.string().optional(),
  /**
   * Lets whoever reaches the site from another machine sign in as any of the invented people, the administrator
   * included. Without it the trial identity provider serves this machine alone.
   */
  TRIAL_SIGN_IN_FOR_EVERYBODY: z.stringbool().default(false),
  /** How long the sealed vote of invented people is open that a trial holds by itself after its first start; 0 holds none. */
  TRIAL_VOTE_MINUTES: z.coerce.number().min(0).max(600).default(9),
  /** Secrets of one organisation's issuer and of its relay, copy-keeper or opener, each 32 bytes in hexadecimal. */
  SEALED_ISSUER_SECRET: key,
  SEALED_SERVICE_SECRET: key,
  /** Folder of the sockets of a sealed round's parts, where all of them are on this machine. */
  SEALED_SOCKETS: z.string().optional(),
  /** Where a part listens instead: path of a socket or `127.0.0.1:PORT`. */
  SEALED_ISSUER_LISTEN: z.string().optional(),
  SEALED_SERVICE_LISTEN: z.string().optional(),
  /** Where the relay finds the two others: path of a socket or origin of a server. */
  SEALED_COPY_KEEPER: z.string().optional(),
  SEALED_OPENER: z.string().optional(),
  /** Address under which browsers find this organisation's issuer. */
  SEALED_ISSUER_ADDRESS: z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/$/, ""))
    .optional(),
  /** PKCS#11 token of this organisation's issuer: its library, its label and its PIN. */
  SEALED_ISSUER_PKCS11_MODULE: z.string().startsWith("/", "must be a whole path").optional(),
  SEALED_ISSUER_PKCS11_TOKEN: z.string().min(1).max(32).optional(),
  SEALED_ISSUER_PKCS11_PIN: z.string().min(1).max(255).optional(),
  /** The mail server by which this organisation's issuer writes to people, and in whose name. */
  SEALED_ISSUER_SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  SEALED_ISSUER_MAIL_FROM: z
    .string()
    .max(320)
    .regex(/^[^\r\n]*[^\s@<]+@[^\s@>]+>?$/)
    .optional(),
  /** The mail server by which people are told what happens, and in whose name: both or neither. */
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: z
    .string()
    .max(320)
    .regex(/^[^\r\n]*[^\s@<]+@[^\s@>]+>?$/)
    .optional(),
  /** Where mail servers report what they could not deliver; without it to who writes. */
  MAIL_BOUNCES: z.email().optional(),
  /**
   * Origins of push services of one's own, separated by commas, which may be of a private network; every other one is
   * reached by https at a public address alone.
   */
  PUSH_SERVICES: list,
  /** Origins of the organisations of a sealed round, separated by commas; without them everything is under `ORIGIN`. */
  SEALED_ORIGINS: list,
  /** Pages of other organisations on which one's own ballot is checked after the closing, separated by commas. */
  SEALED_CHECK_PAGES: list,
  /** Seconds between two looks of a part at what is due. */
  SEALED_PAUSE_SECONDS: z.coerce.number().min(0.1).max(600).default(5),
  /** Of the provider's client by which people sign in for a credential; held by the guarantors' issuer. */
  VOTING_CLIENT_SECRET: z.string().min(16).optional(),
  OIDC_ISSUER: z.url().optional(),
  OIDC_CLIENT_ID: z.string().default("cocity"),
  OIDC_CLIENT_SECRET: z.string().min(16),
  /** Levels of assurance asked of the provider, separated by blanks; whoever comes with less is not signed in. */
  OIDC_ACR_VALUES: z.string().min(1).default("https://www.spid.gov.it/SpidL2"),
  /** File of what this site is in the federations of SPID and CIE; without it there is no sign-in by them. */
  OIDC_FEDERATION: z
    .string()
    .transform((file) => resolve(file))
    .optional(),
  /** File of the services of PDND by which ANPR is asked who lives where; without it nobody's residence is looked up. */
  ANPR_RESIDENCE: z
    .string()
    .transform((file) => resolve(file))
    .optional(),
  /** Opens the encrypted private keys that file names. */
  ANPR_KEY_PASSPHRASE: z.string().min(16).optional(),
  NEXTAUTH_SECRET: z.string().min(32),
  /** AES-256 key for secrets at rest. */
  KEY_ENCRYPTION_KEY: key,
  /** HMAC key under which a person is recognised by the fiscal number. */
  FISCAL_NUMBER_KEY: key,
  /** Whoever bears it may read the site's metrics; without it there are none. */
  METRICS_TOKEN: z.string().min(16).optional(),
  /** Where on loopback the process between database and ledger shows its metrics to whoever bears METRICS_TOKEN. */
  WORKER_METRICS_PORT: z.coerce.number().int().min(1).max(65535).optional(),
  /** Socket of ClamAV's `clamd`, a path or `host:port`; without it uploaded files are kept unscanned. */
  CLAMAV_SOCKET: z
    .string()
    .regex(/^(?:\/.+|(?:[^/:]+|\[[0-9a-f:.]+\]):\d{1,5})$/i, "must be a path or host:port")
    .optional(),
  /** Prefix that Open Contracting Partnership gave the publisher; without one exported data says that it is a trial. */
  OCDS_PREFIX: z
    .string()
    .regex(/^ocds-[a-z0-9]{6}$/, "must be a registered prefix such as ocds-a1b2c3")
    .optional(),
  /** Template of a tile source; without one the map draws local data only. */
  MAP_TILES_URL: z.string().optional(),
};

export type Variable = keyof typeof variables;
export const variableNames = Object.keys(variables) as Variable[];
export type Environment = { readonly [Name in keyof typeof variables]: z.output<(typeof variables)[Name]> };

/** A variable that is missing or has another form. The message names it and never shows its value. */
export class EnvironmentError extends Error {
  override readonly name = "EnvironmentError";
}

/**
 * The one place that reads `process.env`. A variable is parsed once, when it is first read: `next build` loads
 * every module without the environment it will run in, and a program needs only the variables it uses.
 */
export const env = lazily();

/** Whether the environment gives a variable a value of its own. */
export function isGiven(name: Variable): boolean {
  return Boolean(process.env[name]);
}

/** Whether people sign in with the trial's own provider, because no real one is configured. */
export function isTrialSignIn(): boolean {
  return !isGiven("OIDC_ISSUER") && !isGiven("OIDC_FEDERATION");
}

const thisMachine: ReadonlySet<string> = new Set(["127.0.0.1", "::1", "0.0.0.0", "::"]);

/**
 * Where a browser on this machine finds the site; to be reached by another name, ORIGIN has to say it. Passkeys are
 * bound to a name: to an address of numbers browsers bind none.
 */
function localOrigin(): string {
  const host = thisMachine.has(env.HOST) ? "localhost" : env.HOST;
  return `http://${host.includes(":") ? `[${host}]` : host}:${env.PORT}`;
}

/** The trial signer's, beside the site's. */
function nextPort(): number {
  return env.PORT + 1;
}

function lazily(): Environment {
  const values = {};
  for (const [name, schema] of Object.entries(variables)) {
    Object.defineProperty(values, name, {
      configurable: true,
      enumerable: true,
      get() {
        // Compose files and CI settings spell an absent variable as an empty one.
        const parsed = schema.safeParse(process.env[name] || undefined);
        if (!parsed.success)
          throw new EnvironmentError(`${name}: ${parsed.error.issues[0]?.message ?? "is not valid"}`);
        Object.defineProperty(values, name, { enumerable: true, value: parsed.data });
        return parsed.data;
      },
    });
  }
  return values as Environment;
}
