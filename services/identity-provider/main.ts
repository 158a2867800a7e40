/*
 * The trial identity provider: a real OpenID provider whose people are invented. For trials and tests only.
 *
 *   tsx services/identity-provider/main.ts
 *
 * It listens on the socket IDENTITY_PROVIDER_SOCKET; browsers reach it through the site, under `ORIGIN/trial-id`. It
 * prints one line of JSON when it serves, {"ready":true}, and ends on SIGTERM and SIGINT. On a site that other machines
 * can reach it serves only with TRIAL_SIGN_IN_FOR_EVERYBODY=true.
 */
import { rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { join } from "node:path";
import Provider, { type Configuration } from "oidc-provider";
import { env } from "@/lib/env";
import { mayServeTrialSignIn } from "@/lib/origin";
import { type TrialPerson, trialPeople } from "../../prisma/seed/trial-people";
import { trialVoters } from "../../prisma/seed/trial-voters";
import { votingClient } from "../sealed/voting-client";
import { type PageLanguage, pageStyles } from "../trial-page";
import { trialMount as mount, signerClient } from "./clients";
import { choicePage, failurePage, signOutPage } from "./page";
import { readOrMakeSecrets } from "./secrets";
import { MemoryStore } from "./store";

const styles = `${mount}/style.css`;
/** The choice page shows the first: the others vote by themselves in the round that a trial holds. */
const known = [...trialPeople, ...trialVoters];
const spidLevels = [1, 2, 3].map((level) => `https://www.spid.gov.it/SpidL${level}`);

const origin = env.ORIGIN;
const socket = env.IDENTITY_PROVIDER_SOCKET;
if (socket === undefined) throw new Error("IDENTITY_PROVIDER_SOCKET says where to listen");
if (!mayServeTrialSignIn(env))
  throw new Error("other machines can reach this site: see TRIAL_SIGN_IN_FOR_EVERYBODY");
const secrets = await readOrMakeSecrets(join(env.COCITY_DATA, "secrets", "identity-provider.json"));
// A choice leads back to whoever asked.
const formTargets = ["'self'", origin, ...(env.SIGNER_ORIGIN ? [env.SIGNER_ORIGIN] : [])].join(" ");
const provider = new Provider(`${origin}${mount}`, configuration());
// The site in front says under which name it was reached.
provider.proxy = true;

const answer = provider.callback();
const server = createServer((request, response) => {
  response.setHeader(
    "content-security-policy",
    `default-src 'none'; style-src 'self'; form-action ${formTargets}; frame-ancestors 'none'; base-uri 'none'`,
  );
  handle(request, response).catch((error: unknown) => {
    console.error("the trial identity provider failed:", error);
    if (!response.headersSent) response.writeHead(500);
    response.end();
  });
});
// A process that was killed leaves its socket.
await rm(socket, { force: true });
server.listen(socket, () => {
  console.log(JSON.stringify({ ready: true }));
});
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.on(signal, () => {
    server.closeAllConnections();
    server.close(() => process.exit(0));
  });
}

async function handle(
  request: IncomingMessage & { originalUrl?: string },
  response: ServerResponse,
): Promise<void> {
  const path = new URL(request.url ?? "/", origin).pathname;
  if (path === styles) return send(response, 200, "text/css", pageStyles);
  if (path !== mount && !path.startsWith(`${mount}/`)) return send(response, 404, "text/plain", "");
  if (path.startsWith(`${mount}/choice/`)) return choice(request, response, path);
  // The provider finds where it is mounted by comparing the two.
  request.originalUrl = request.url;
  request.url = (request.url ?? "").slice(mount.length) || "/";
  await answer(request, response);
}

/** Shows who there is to be, and takes the choice. */
async function choice(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
  const interaction = await provider.interactionDetails(request, response).catch(() => undefined);
  if (!interaction) {
    const reason = "session_not_found";
    return send(response, 400, "text/html", failurePage({ language: "it", reason, styles }));
  }
  if (request.method !== "POST") {
    const language = languageOf(interaction.params.ui_locales);
    const cancelAction = `${path}?cancel=1`;
    const page = choicePage({ language, people: trialPeople, action: path, cancelAction, styles });
    return send(response, 200, "text/html", page);
  }
  if (request.url?.endsWith("?cancel=1"))
    return provider.interactionFinished(request, response, { error: "access_denied" });
  const accountId = new URLSearchParams(await bodyOf(request)).get("account") ?? "";
  if (!known.some((person) => person.id === accountId))
    return send(response, 400, "text/plain", "unknown person");
  const acr = String(interaction.params.acr_values ?? "").split(" ")[0] || spidLevels[1];
  await provider.interactionFinished(request, response, { login: { accountId, acr, remember: false } });
}

function configuration(): Configuration {
  const sitePort = new URL(origin).port || "default";
  const cookie = { httpOnly: true, sameSite: "lax", signed: true, path: mount, overwrite: true } as const;
  return {
    adapter: MemoryStore,
    jwks: { keys: secrets.keys },
    clients: [
      {
        client_id: env.OIDC_CLIENT_ID,
        client_secret: env.OIDC_CLIENT_SECRET,
        redirect_uris: [`${origin}/api/auth/callback/identity`],
        post_logout_redirect_uris: [`${origin}/accedi?uscito=1`, `${origin}/en/sign-in?uscito=1`],
        response_types: ["code"],
        grant_types: ["authorization_code"],
      },
      ...(env.VOTING_CLIENT_SECRET
        ? [
            {
              client_id: votingClient,
              client_secret: env.VOTING_CLIENT_SECRET,
              redirect_uris: [`${origin}/sealed/issuer/3/v1/sign-in/callback`],
              response_types: ["code" as const],
              grant_types: ["authorization_code"],
              // Issuers check what was attested by its signature, and not by who handed it over.
              userinfo_signed_response_alg: "RS256" as const,
            },
          ]
        : []),
      ...(env.SIGNER_ORIGIN
        ? [
            {
              client_id: signerClient,
              token_endpoint_auth_method: "none" as const,
              redirect_uris: [`${env.SIGNER_ORIGIN}/chosen`],
              response_types: ["code" as const],
              grant_types: ["authorization_code"],
            },
          ]
        : []),
    ],
    cookies: {
      keys: secrets.cookieKeys,
      names: {
        session: `trial-${sitePort}-session`,
        interaction: `trial-${sitePort}-interaction`,
        resume: `trial-${sitePort}-resume`,
      },
      long: cookie,
      short: cookie,
    },
    pkce: { required: () => true },
    acrValues: spidLevels,
    scopes: ["openid", "profile", "email"],
    claims: {
      openid: ["sub"],
      email: ["email"],
      profile: ["given_name", "family_name", "birthdate", "fiscal_number", "municipality_of_residence"],
    },
    // Personal claims are read at the user information endpoint: the token that names the session at sign-out
    // travels in an address, and has none.
    conformIdTokenClaims: true,
    features: {
      devInteractions: { enabled: false },
      jwtUserinfo: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource(context, form) {
          context.body = signOutPage({ language: languageOf(context.oidc.params?.ui_locales), form, styles });
        },
      },
    },
    interactions: { url: (_, interaction) => `${mount}/choice/${interaction.uid}` },
    ttl: {
      Session: 8 * 3600,
      Interaction: 3600,
      Grant: 8 * 3600,
      AuthorizationCode: 60,
      AccessToken: 600,
      IdToken: 3600,
    },
    findAccount(_, id) {
      const person = known.find((candidate) => candidate.id === id);
      if (!person) return undefined;
      return {
        accountId: id,
        claims: () => ({
          sub: id,
          email: addressOf(person),
          given_name: person.givenName,
          family_name: person.familyName,
          birthdate: person.birthDate,
          fiscal_number: `TINIT-${person.fiscalNumber}`,
          municipality_of_residence: person.residence,
        }),
      };
    },
    // All clients are ours: nobody is asked whether they may read what they are there to read.
    async loadExistingGrant(context) {
      const { client, session, provider: issuer } = context.oidc;
      if (!client || !session?.accountId) return undefined;
      const grant = new issuer.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope("openid profile email");
      await grant.save();
      return grant;
    },
    renderError(context, out) {
      context.type = "html";
      context.body = failurePage({ language: "it", reason: out.error, styles });
    },
  };
}

/** Nobody's: no mail reaches this domain (RFC 2606). */
function addressOf({ givenName, familyName }: TrialPerson): string {
  const plain = (name: string) =>
    name
      .normalize("NFD")
      .replace(/[^A-Za-z]/g, "")
      .toLowerCase();
  return `${plain(givenName)}.${plain(familyName)}@example.org`;
}

function languageOf(locales: unknown): PageLanguage {
  return String(locales ?? "").startsWith("en") ? "en" : "it";
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of request) {
    body += chunk;
    if (body.length > 10_000) throw new Error("the form is too long");
  }
  return body;
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { "content-type": `${type}; charset=utf-8`, "cache-control": "no-store" });
  response.end(body);
}
