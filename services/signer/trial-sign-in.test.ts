import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freePort } from "@/tests/free-port";
import { forward } from "../site/forward";
import { TrialSignIn } from "./trial-sign-in";

const signerOrigin = "http://localhost:1";
const verifier = "v".repeat(43);
let folder: string;
let site: string;
let front: Server;
let provider: ChildProcess;
let signIn: TrialSignIn;

/** The trial identity provider as it runs beside the site, and what of the site leads to it. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cocity-provider-"));
  const socket = join(folder, "identity.sock");
  const port = await freePort();
  site = `http://localhost:${port}`;
  front = createServer((request, response) => void forward(request, response, { socketPath: socket }));
  await new Promise<void>((listening) => front.listen(port, "127.0.0.1", listening));
  provider = spawn(process.execPath, ["--import", "tsx", "services/identity-provider/main.ts"], {
    env: {
      ...process.env,
      ...{ COCITY_DATA: folder, ORIGIN: site, HOST: "127.0.0.1", OIDC_CLIENT_SECRET: "s".repeat(32) },
      ...{ IDENTITY_PROVIDER_SOCKET: socket, SIGNER_ORIGIN: signerOrigin },
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines = createInterface(provider.stdout ?? process.stdin);
  await new Promise<void>((ready) => lines.on("line", (line) => line.includes("ready") && ready()));
  signIn = new TrialSignIn(site, socket, `${signerOrigin}/chosen`);
});
afterAll(async () => {
  provider.kill();
  front.closeAllConnections();
  await new Promise((closed) => front.close(closed));
  await rm(folder, { recursive: true });
});

/** A browser's cookies, and where its last request led. */
class Visitor {
  readonly #cookies = new Map<string, string>();

  async go(url: string, body?: URLSearchParams): Promise<{ location: string; headers: Headers }> {
    const response = await fetch(url, {
      redirect: "manual",
      ...(body && { method: "POST", body }),
      headers: { cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ") },
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [name = "", value = ""] = (cookie.split(";")[0] ?? "").split("=");
      this.#cookies.set(name, value);
    }
    const location = response.headers.get("location");
    return { location: location ? new URL(location, url).href : "", headers: response.headers };
  }

  /** Follows the provider until it leads elsewhere. @returns where */
  async choose(account: string): Promise<URL> {
    let { location } = await this.go(signIn.location("state-1", verifier, "en"));
    while (location.startsWith(site)) {
      const isChoice = location.includes("/choice/");
      ({ location } = await this.go(location, isChoice ? new URLSearchParams({ account }) : undefined));
    }
    return new URL(location);
  }
}

describe("the trial signer at the trial identity provider", () => {
  it("learns whom the browser chose, once", async () => {
    const back = await new Visitor().choose("torino-laura-giordano");
    expect(back.origin + back.pathname).toBe(`${signerOrigin}/chosen`);
    expect(back.searchParams.get("state")).toBe("state-1");
    const code = back.searchParams.get("code") ?? "";
    expect(await signIn.account(code, verifier)).toBe("torino-laura-giordano");
    await expect(signIn.account(code, verifier)).rejects.toThrow("400");
  });

  it("need not ask a browser that has chosen before", async () => {
    const visitor = new Visitor();
    await visitor.choose("torino-maria-zanetti");
    let { location } = await visitor.go(signIn.location("state-2", verifier, "it"));
    for (; location.startsWith(site); { location } = await visitor.go(location))
      expect(location).not.toContain("/choice/");
    const code = new URL(location).searchParams.get("code") ?? "";
    expect(await signIn.account(code, verifier)).toBe("torino-maria-zanetti");
  });

  it("is told nothing without the secret of its question", async () => {
    const back = await new Visitor().choose("torino-laura-giordano");
    const code = back.searchParams.get("code") ?? "";
    await expect(signIn.account(code, "w".repeat(43))).rejects.toThrow("400");
    await expect(signIn.account("x".repeat(43), verifier)).rejects.toThrow("400");
  });

  it("is the only one that its choice leads to beside the site", async () => {
    const { headers } = await new Visitor().go(signIn.location("state-3", verifier, "it"));
    expect(headers.get("content-security-policy")).toContain(`form-action 'self' ${site} ${signerOrigin};`);
    const other = new URL(signIn.location("state-4", verifier, "it"));
    other.searchParams.set("redirect_uri", "https://attacker.example/chosen");
    const { location } = await new Visitor().go(other.href);
    expect(location).toBe("");
  });
});
