/*
 * Units and environments of the parts of sealed rounds: each part has an account, a folder and a secret of its own, and
 * starts with what deploy/make-part-environment.sh writes.
 */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { variableNames } from "@/lib/env";
import { bundled, checkPageScript, deviceProgram, programs } from "@/lib/programs";
import { freePort } from "@/tests/free-port";
import { organisationNames, organisations } from "../services/sealed/organisations";
import { environmentOf } from "../services/supervisor/environment";
import { readEnvironment } from "./check/compose";

const parts = ["issuer", "relay", "copy-keeper", "opener", "check-page"] as const;
const script = "deploy/make-part-environment.sh";
/** Of units alone: systemd puts them into the command. */
const inCommands = ["ORGANISATION", "SITE", "LISTEN", "PROGRAMS"];
const sourceOf = new Map(programs.map((source) => [bundled(source), source]));
let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "cocity-parts-"));
  for (const name of organisationNames) execFileSync("sh", [script, join(folder, name), name]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const environment = (organisation: string, part: string) =>
  readEnvironment(readFileSync(join(folder, organisation, `${part}.env`), "utf8"));
const unit = (part: string) => readFileSync(`deploy/systemd/cocity-${part}.service`, "utf8");

/** The command of a unit after the path of node, with the variables that systemd puts in. */
function commandOf(part: string, given: Readonly<Record<string, string>>): string[] {
  const [, command = ""] = /^ExecStart=\S+\/node (.+)$/m.exec(unit(part)) ?? [];
  return command.split(" ").flatMap((word) => {
    const [, braced, bare] = /^\$(?:\{(\w+)\}|(\w+))$/.exec(word) ?? [];
    if (braced) return [given[braced] ?? ""];
    return bare ? (given[bare] ?? "").split(" ").filter(Boolean) : [word];
  });
}

describe("make-part-environment.sh", () => {
  it.each(organisationNames)("gives the parts of %s variables of theirs, and nobody else's", (name) => {
    const { service } = organisations[name];
    for (const part of ["issuer", service]) {
      const given = environment(name, part);
      const own = Object.fromEntries(Object.entries(given).filter(([key]) => !inCommands.includes(key)));
      expect(variableNames).toEqual(expect.arrayContaining(Object.keys(own)));
      expect(environmentOf(name, { ...own, NODE_ENV: "production" }, variableNames)).toEqual({
        ...own,
        NODE_ENV: "production",
      });
      expect(Object.keys(given).filter((key) => /^SEALED_.*_SECRET$/.test(key))).toEqual([
        part === "issuer" ? "SEALED_ISSUER_SECRET" : "SEALED_SERVICE_SECRET",
      ]);
    }
    expect(environment(name, "check-page")).toEqual({
      SITE: "https://cocity.example.org",
      LISTEN: "127.0.0.1:3203",
      PROGRAMS: "",
    });
  });

  it("draws every secret anew, and writes nothing over those that are there", () => {
    const secrets = organisationNames.flatMap((name) => [
      environment(name, "issuer").SEALED_ISSUER_SECRET,
      environment(name, organisations[name].service).SEALED_SERVICE_SECRET,
    ]);
    expect(secrets).toEqual(secrets.map(() => expect.stringMatching(/^[0-9a-f]{64}$/)));
    expect(new Set(secrets).size).toBe(6);
    const again = () => execFileSync("sh", [script, join(folder, "comune"), "comune"], { stdio: "pipe" });
    expect(again).toThrow("is there already");
    const nobody = () => execFileSync("sh", [script, join(folder, "nobody"), "nobody"], { stdio: "pipe" });
    expect(nobody).toThrow("usage");
  });
});

describe("each part's unit", () => {
  const accounts = readFileSync("deploy/systemd/cocity-parts.sysusers.conf", "utf8");

  it.each(parts)("runs the %s as an account and in a folder of its own", (part) => {
    expect(unit(part)).toContain(`\nUser=cocity-${part}\n`);
    expect(accounts).toContain(`\nu cocity-${part} - `);
    expect(unit(part)).toContain(`\nEnvironmentFile=/etc/cocity/${part}.env\n`);
    if (part === "check-page") return expect(unit(part)).not.toContain("StateDirectory");
    expect(unit(part)).toContain(`\nStateDirectory=cocity-${part}\nStateDirectoryMode=0700\n`);
    expect(accounts).toContain(`\nm cocity-${part} cocity-ledger\n`);
    const owner = organisationNames.find((name) => organisations[name].service === part) ?? "comune";
    expect(environment(owner, part).COCITY_DATA).toBe(`/var/lib/cocity-${part}`);
  });

  it.each(parts)(
    "starts the %s with the environment that is written, and it ends when asked to",
    async (part) => {
      const owner = organisationNames.find((name) => organisations[name].service === part) ?? "garanti";
      const port = await freePort();
      const listen = `127.0.0.1:${port}`;
      const given = {
        ...environment(owner, part),
        ...{ COCITY_DATA: join(folder, part), LISTEN: listen, FISCAL_NUMBER_KEY: "f".repeat(64) },
        [part === "issuer" ? "SEALED_ISSUER_LISTEN" : "SEALED_SERVICE_LISTEN"]: listen,
      };
      const workdir = join(folder, `work-${part}`);
      for (const file of [deviceProgram, checkPageScript]) {
        mkdirSync(join(workdir, file, ".."), { recursive: true });
        writeFileSync(join(workdir, file), "// a program");
      }
      const command = commandOf(part, given).map((word) => {
        const source = sourceOf.get(word as never);
        return source ? resolve(source) : word;
      });
      expect(command).toContain(
        resolve(part === "check-page" ? "services/check-page/main.ts" : "services/sealed/main.ts"),
      );
      const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
      const child = spawn(process.execPath, ["--import", tsx, ...command], {
        cwd: workdir,
        env: {
          PATH: process.env.PATH,
          TSX_TSCONFIG_PATH: resolve("tsconfig.json"),
          NODE_ENV: "production",
          ...given,
        },
        stdio: ["ignore", "pipe", "inherit"],
      });
      try {
        await ready(child);
        const answer = await fetch(
          `http://${listen}/${part === "check-page" ? "torino/a-round" : "v1/alive"}`,
        );
        expect(answer.status).toBe(200);
      } finally {
        child.kill("SIGTERM");
      }
      expect(await once(child, "exit")).toEqual([0, null]);
    },
  );
});

function ready(child: ChildProcess): Promise<void> {
  return new Promise((done, fail) => {
    let text = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      text += chunk;
      if (text.includes('"ready":true')) done();
    });
    child.once("exit", () => fail(new Error(`it ended at its start: ${text}`)));
  });
}
