/*
 * What compose.yaml and deploy/systemd start are the programs that are built, and each gets the variables that the
 * supervisor would give it.
 */
import { execFileSync } from "node:child_process";
import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { variableNames } from "@/lib/env";
import { bundled, programs } from "@/lib/programs";
import { environmentOf } from "../services/supervisor/environment";
import { readCompose, readEnvironment } from "./check/compose";

const processes = ["site", "worker", "housekeeping"] as const;
const files = new Set(programs.map(bundled));
let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "cocity-deploy-"));
  execFileSync("sh", ["deploy/make-environment.sh", join(folder, "environment")]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const environmentFile = (name: string) =>
  readEnvironment(readFileSync(join(folder, "environment", `${name}.env`), "utf8"));

describe("make-environment.sh", () => {
  it.each(processes)("gives the %s what the supervisor would, and nothing else", (name) => {
    const given = environmentFile(name);
    expect(variableNames).toEqual(expect.arrayContaining(Object.keys(given)));
    expect(environmentOf(name, { ...given, NODE_ENV: "production" }, variableNames)).toEqual({
      ...given,
      NODE_ENV: "production",
    });
  });

  it("writes nothing over secrets that are there", () => {
    const before = environmentFile("site");
    expect(() =>
      execFileSync("sh", ["deploy/make-environment.sh", join(folder, "environment")], { stdio: "pipe" }),
    ).toThrow();
    expect(environmentFile("site")).toEqual(before);
  });

  it("gives every process the same database and key, and no secret twice for two purposes", () => {
    const [site, worker, housekeeping] = processes.map(environmentFile);
    for (const name of ["DATABASE_URL", "KEY_ENCRYPTION_KEY"]) {
      expect(worker?.[name]).toBe(site?.[name]);
      expect(housekeeping?.[name]).toBe(site?.[name]);
    }
    const secrets = ["KEY_ENCRYPTION_KEY", "NEXTAUTH_SECRET", "FISCAL_NUMBER_KEY", "OIDC_CLIENT_SECRET"];
    const values = secrets.map((name) => site?.[name]);
    expect(values).toEqual(secrets.map(() => expect.stringMatching(/^[0-9a-f]{64}$/)));
    expect(new Set(values).size).toBe(secrets.length);
  });
});

describe("compose.yaml", () => {
  it("starts programs that are built, without rights, with the environment of their own name", async () => {
    const { services } = await readCompose();
    expect(Object.keys(services).toSorted()).toEqual(["database", "migrate", ...processes].toSorted());
    for (const name of processes) {
      const service = services[name];
      expect(files).toContain(service?.command?.at(-1));
      expect(service).toMatchObject({
        ...{ read_only: true, cap_drop: ["ALL"], security_opt: ["no-new-privileges:true"] },
        env_file: [`environment/${name}.env`],
      });
    }
    expect(services.site?.ports).toEqual(["127.0.0.1:3000:3000"]);
    expect(services.database?.ports).toBeUndefined();
  });
});

describe("deploy/systemd", () => {
  const units = globSync("deploy/systemd/*.service");

  it("has a unit for each process, the migration and the parts of sealed rounds", () => {
    const names = units.map((file) => /cocity-(.+)\.service$/.exec(file)?.[1]);
    const parts = ["issuer", "relay", "copy-keeper", "opener", "check-page"];
    expect(names.toSorted()).toEqual(["migrate", ...processes, ...parts].toSorted());
  });

  it.each(processes)("starts the %s as compose.yaml does", async (name) => {
    const unit = readFileSync(`deploy/systemd/cocity-${name}.service`, "utf8");
    const { services } = await readCompose();
    const [, ...parts] = services[name]?.command ?? [];
    expect(unit).toContain(`ExecStart=/opt/cocity/node_modules/node/bin/node ${parts.join(" ")}\n`);
    expect(unit).toContain(`EnvironmentFile=/etc/cocity/${name}.env\n`);
  });
});
