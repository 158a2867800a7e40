import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { freePorts } from "@/scripts/start/ports";
import { words } from "@/scripts/start/words";

declare module "vitest" {
  interface ProvidedContext {
    site: { origin: string; data: string; supervisor: number };
  }
}

const startMinutes = 10;

/** `npm start`'s own program, on a new data folder and a free port, with the trial data on its ledger. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const data = await mkdtemp(join(tmpdir(), "cocity-site-"));
  const { site: port } = await freePorts(["site"]);
  const child = spawn(
    process.execPath,
    ["--conditions=react-server", "--import", "tsx", "scripts/start.ts"],
    {
      env: { ...process.env, NODE_ENV: "production", PORT: String(port), COCITY_DATA: data, CI: "" },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  try {
    await running(child);
  } catch (error) {
    child.kill("SIGKILL");
    await rm(data, { recursive: true, force: true });
    throw error;
  }
  project.provide("site", { origin: `http://127.0.0.1:${port}`, data, supervisor: child.pid ?? 0 });
  return async () => {
    const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    child.kill("SIGTERM");
    await ended;
    await rm(data, { recursive: true, force: true });
  };
}

function running(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = "";
    const limit = setTimeout(
      () => reject(new Error(`not running after ${startMinutes} minutes:\n${output}`)),
      startMinutes * 60_000,
    );
    const read = (chunk: Buffer) => {
      output += chunk;
      if (!output.includes(words.ready)) return;
      clearTimeout(limit);
      resolve();
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.once("exit", () => reject(new Error(`npm start ended:\n${output}`)));
  });
}
