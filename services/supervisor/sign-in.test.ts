import { spawn } from "node:child_process";
import { access } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { freePort } from "@/tests/free-port";

it.each([
  ["the supervisor", ["services/supervisor/main.ts"], "Set OIDC_ISSUER to a real identity provider"],
  ["the trial identity provider", ["services/identity-provider/main.ts"], "see TRIAL_SIGN_IN_FOR_EVERYBODY"],
])("%s does not offer the trial sign-in where other machines can reach it", async (_, program, sentence) => {
  const data = join(tmpdir(), `cocity-open-${process.pid}`);
  const child = spawn(process.execPath, ["--conditions=react-server", "--import", "tsx", ...program], {
    env: {
      ...process.env,
      ...{ LANG: "en", HOST: "0.0.0.0", PORT: String(await freePort()), COCITY_DATA: data, ORIGIN: "" },
      ...{ IDENTITY_PROVIDER_SOCKET: join(tmpdir(), `cocity-open-${process.pid}.sock`), OIDC_ISSUER: "" },
      OIDC_CLIENT_SECRET: "0".repeat(32),
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      text += chunk;
    });
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  expect(code).toBe(1);
  expect(text).toContain(sentence);
  await expect(access(data)).rejects.toThrow("ENOENT");
});
