import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** Builds the contracts as they are now. */
export function buildChaincode(): void {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  execFileSync("npm", ["run", "build", "-w", "chaincode"], { cwd: root, stdio: "pipe" });
}
