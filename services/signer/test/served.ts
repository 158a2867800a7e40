/** A trial signer in this process, whose identity provider says what a test wants. */
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { signedActText } from "@/protocol/acts/signed-act";
import { BrowserSide } from "../browser";
import { openDesk } from "../desk";
import { SignerDesk } from "../desk-client";
import { SignerKeys } from "../keys";
import { Requests } from "../requests";

export const site = "http://localhost:3000";
export const municipality = "001272";

/** Account at the identity provider of whoever sits at the browser; `code` of the provider's answer. */
export const accountOf: Readonly<Record<string, string>> = { laura: "torino-laura", enzo: "torino-enzo" };

export type Served = Awaited<ReturnType<typeof serve>>;

export async function serve() {
  const folder = await mkdtemp(join(tmpdir(), "cocity-signer-"));
  const keys = await SignerKeys.open(join(folder, "signer"));
  const socket = join(folder, "signer", "desk.sock");
  const desk = await openDesk(keys, socket);
  const clock = { now: Date.now() };
  let browsers: BrowserSide | undefined;
  const server = createServer((request, response) => void browsers?.answer(request, response));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browsers = new BrowserSide({
    keys,
    requests: new Requests(() => clock.now),
    signIn: {
      location: (state, verifier, language) =>
        `${site}/trial-id/auth?${new URLSearchParams({ state, verifier, language })}`,
      account: async (code) => accountOf[code] ?? "nobody",
    },
    origin,
    site,
  });
  return {
    ...{ folder, keys, socket, origin, clock, client: new SignerDesk(socket) },
    async close() {
      for (const listening of [server, desk]) {
        listening.closeAllConnections();
        await new Promise((closed) => listening.close(closed));
      }
      await rm(folder, { recursive: true });
    },
  };
}

export const owner = (person: string) => ({
  ...{ municipality, person, account: accountOf[person] ?? "", name: `${person} <b>` },
  ...{ organisation: "Comune" as const, origin: site },
});

export function actOf(person: string, more: { command?: string; municipality?: string } = {}): string {
  const { command = "00000000-0000-4000-8000-000000000001", municipality: town = municipality } = more;
  return signedActText({
    ...{ founding: "0".repeat(32), channel: "cocity", transaction: "proposals:publish" },
    ...{ municipality: town, person, role: "responsible_officer", expiresOn: "2026-11-30", seen: {} },
    input: { municipality: town, id: "p-1", command },
  });
}

export type Sent = { status: number; location: string; text: string; cookie: string; headers: Headers };

/** A browser's request, redirects not followed. */
export async function send(
  url: string,
  options: { form?: [string, string][]; origin?: string | undefined; cookie?: string } = {},
): Promise<Sent> {
  const { form, origin, cookie } = options;
  const response = await fetch(url, {
    redirect: "manual",
    ...(form && { method: "POST", body: new URLSearchParams(form) }),
    headers: { ...(origin && { origin }), ...(cookie && { cookie }) },
  });
  return {
    status: response.status,
    location: response.headers.get("location") ?? "",
    text: await response.text(),
    cookie: response.headers.get("set-cookie")?.split(";")[0] ?? "",
    headers: response.headers,
  };
}
