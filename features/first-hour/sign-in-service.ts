/** Asks those by whom people sign in what they say of themselves, and keeps what came of it. */
import { type Database, db } from "@/lib/db";
import { env } from "@/lib/env";
import { Fetching } from "@/lib/federation/fetching";
import { resolveProvider } from "@/lib/federation/providers";
import { FederationRefusal } from "@/lib/federation/refusal";
import { clientIdOf, type Federation, federation, federationState } from "@/lib/federation/settings";
import { configurationOf, resolveChain } from "@/lib/federation/trust-chain";
import { hasOwnProvider, issuer } from "@/lib/identity-provider";
import { fetchJson } from "./provider-fetching";
import {
  type Asked,
  type Finding,
  isAddress,
  judgeClock,
  judgeDocument,
  judgeKeys,
  readDocument,
} from "./provider-rules";

/** Tries the sign-in of a municipality and keeps what was found in the place of what was found before. */
export async function checkSignIn(municipality: string, person: string): Promise<Finding[]> {
  const now = new Date();
  const findings = [
    ...(hasOwnProvider() ? await checkProvider(askedOfProvider(), now) : []),
    ...(federationState() === "off" ? [] : await checkFederation(municipality, now)),
  ];
  await keep(db, municipality, person, findings);
  return findings;
}

async function keep(
  database: Database,
  municipality: string,
  person: string,
  findings: readonly Finding[],
): Promise<void> {
  const row = { findings: [...findings], checkedBy: person, checkedAt: new Date() };
  await database.signInCheck.upsert({
    where: { municipality },
    create: { municipality, ...row },
    update: row,
  });
}

function askedOfProvider(): Asked {
  return {
    ...{ issuer: issuer(), scopes: ["openid", "profile"] },
    acrValues: env.OIDC_ACR_VALUES.split(/\s+/).filter(Boolean),
  };
}

/** A provider by its discovery document and its keys. */
export async function checkProvider(asked: Asked, now: Date): Promise<Finding[]> {
  const address = `${asked.issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
  const answer = await fetchJson(address, "anywhere");
  if (!answer.ok) return [{ about: "document", state: "wrong", what: answer.why }];
  const said = readDocument(answer.value);
  if (!said) return [{ about: "document", state: "wrong", what: "not JSON" }];
  const { jwks_uri: keysAt } = said;
  const keys =
    keysAt !== undefined && isAddress(keysAt, asked.issuer) ? await fetchKeys(keysAt, asked) : undefined;
  return [
    { about: "document", state: "right", what: new URL(asked.issuer).host },
    ...judgeDocument(said, asked),
    ...(keys ? [keys] : []),
    judgeClock(answer.date, now),
  ];
}

/** Keys that stand elsewhere are asked for where anybody can reach them, and in no private network. */
async function fetchKeys(address: string, { issuer: from }: Asked): Promise<Finding> {
  const isOwn = new URL(address).origin === new URL(from).origin;
  const answer = await fetchJson(address, isOwn ? "anywhere" : "public");
  return answer.ok ? judgeKeys(answer.value) : { about: "keys", state: "wrong", what: answer.why };
}

/** What the federations say of this municipality, and whom of their providers its people can choose. */
async function checkFederation(municipality: string, now: Date): Promise<Finding[]> {
  const whole = federation();
  if (!whole) return [{ about: "member", state: "wrong", what: "OIDC_FEDERATION" }];
  const member = whole.settings.members.find((one) => one.municipality === municipality);
  if (!member) return [{ about: "member", state: "wrong", what: municipality }];
  const own = clientIdOf(whole, member);
  const found = await Promise.all([
    tried("ownStatement", own, async () => void (await configurationOf(own, fetchingOf(whole), now))),
    tried("ownChain", own, async () => {
      const anchors = whole.settings.anchors.map(({ entity, jwks: keys }) => ({ entity, keys }));
      await resolveChain(own, { anchors, fetching: fetchingOf(whole), now });
    }),
    ...whole.settings.providers.map((setting) =>
      tried("provider", setting.name, async () => void (await resolveProvider(whole, setting, now))),
    ),
  ]);
  return [{ about: "member", state: "right", what: member.ipa }, ...found];
}

function fetchingOf(whole: Federation): Fetching {
  return new Fetching(whole.thisMachine);
}

async function tried(about: Finding["about"], name: string, work: () => Promise<void>): Promise<Finding> {
  try {
    await work();
    return { about, state: "right", what: name.slice(0, 300) };
  } catch (error) {
    if (!(error instanceof FederationRefusal)) throw error;
    return { about, state: "wrong", what: `${name}: ${reasonOf(error)}`.slice(0, 300) };
  }
}

function reasonOf(error: FederationRefusal | SyntaxError): string {
  return error instanceof FederationRefusal ? error.message : "not JSON";
}
