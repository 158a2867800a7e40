import { describe, expect, it } from "vitest";
import { type Variable, variableNames } from "@/lib/env";
import { environmentOf, type Program } from "./environment";

const secrets = {
  OIDC_CLIENT_SECRET: ["identity", "site"],
  NEXTAUTH_SECRET: ["site"],
  ANPR_KEY_PASSPHRASE: ["site"],
  KEY_ENCRYPTION_KEY: ["worker", "housekeeping", "site", "seed", "trial-vote"],
  FISCAL_NUMBER_KEY: ["site", "seed", "trial-vote", "comune", "case", "garanti"],
  SEALED_ISSUER_SECRET: ["comune", "case", "garanti"],
  SEALED_SERVICE_SECRET: ["comune", "case", "garanti"],
  SEALED_ISSUER_SMTP_URL: ["comune", "case", "garanti"],
  SEALED_ISSUER_PKCS11_PIN: ["comune", "case", "garanti"],
  SMTP_URL: ["worker"],
  VOTING_CLIENT_SECRET: ["identity", "garanti"],
  METRICS_TOKEN: ["worker", "site"],
  DATABASE_URL: ["worker", "housekeeping", "site", "seed", "trial-vote"],
  SIGNER_FOLDER: ["signer"],
  SIGNER_SOCKET: ["signer", "seed", "trial-vote"],
} satisfies Partial<Record<Variable, Program[]>>;

const programs: Program[] = [
  ...(["database", "ledger", "identity", "signer"] as const),
  ...(["worker", "housekeeping", "site", "seed", "trial-vote"] as const),
  ...(["comune", "case", "garanti"] as const),
];

describe("what a program is told", () => {
  const all = {
    ...Object.fromEntries(variableNames.map((name) => [name, `value of ${name}`])),
    ...{
      PATH: "/bin",
      HOME: "/home",
      LC_ALL: "C",
      NODE_EXTRA_CA_CERTS: "ca.pem",
      https_proxy: "http://proxy",
    },
    ...{ AWS_SECRET_ACCESS_KEY: "of the account", PGPASSWORD: "of a database", GRPC_TRACE: "all" },
    NODE_ENV: "production" as const,
  };

  it.each(Object.entries(secrets))("of %s is told to those who need it alone", (name, expected) => {
    const told = programs.filter((program) => name in environmentOf(program, all, variableNames));
    expect(told.sort()).toEqual([...expected].sort());
  });

  it("is what the machine needs, and nothing else of the account", () => {
    for (const program of programs) {
      const told = environmentOf(program, all, variableNames);
      expect(told).toMatchObject({ PATH: "/bin", HOME: "/home", LC_ALL: "C", NODE_ENV: "production" });
      expect(told).toMatchObject({ NODE_EXTRA_CA_CERTS: "ca.pem", https_proxy: "http://proxy" });
      expect(told.AWS_SECRET_ACCESS_KEY).toBeUndefined();
      expect("PGPASSWORD" in told).toBe("DATABASE_URL" in told);
      expect("GRPC_TRACE" in told).toBe("LEDGER_CONNECTION" in told);
    }
  });
});
