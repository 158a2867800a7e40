/** Whether the parts of sealed rounds that run on this machine answer. */
import { request } from "node:http";
import { join } from "node:path";

const names = ["issuer-comune", "issuer-case", "issuer-garanti", "relay", "copy-keeper", "opener"] as const;
const PATIENCE_MS = 2_000;

export type PartState = { part: (typeof names)[number]; answers: boolean };

/** @param sockets folder of their sockets; without it they are elsewhere, and nobody here can say */
export async function partStates(sockets: string | undefined): Promise<PartState[]> {
  if (sockets === undefined) return [];
  return Promise.all(
    names.map(async (part) => ({ part, answers: await answers(join(sockets, `${part}.sock`)) })),
  );
}

function answers(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const asked = request({ socketPath, path: "/v1/alive", timeout: PATIENCE_MS }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    asked.on("timeout", () => asked.destroy());
    asked.on("error", () => resolve(false));
    asked.end();
  });
}
