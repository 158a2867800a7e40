/** A provider of the federation as a chain of statements vouches for it. */
import { z } from "zod";
import { Fetching } from "./fetching";
import { type KeySet, keySetSchema } from "./key-set";
import { FederationRefusal } from "./refusal";
import { type Federation, originsOf, type ProviderSetting } from "./settings";
import { verifySigned } from "./statements";
import { resolveChain, type TrustChain } from "./trust-chain";
import { checkTrustMarks } from "./trust-marks";

/** However long its statements are good, a provider is looked up anew after this. */
const KEPT_MS = 10 * 60_000;

const metadataSchema = z.looseObject({
  issuer: z.url(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  userinfo_endpoint: z.url(),
  jwks: keySetSchema.optional(),
  jwks_uri: z.url().optional(),
  signed_jwks_uri: z.url().optional(),
  authorization_response_iss_parameter_supported: z.boolean().optional(),
});

export interface Provider {
  readonly setting: ProviderSetting;
  readonly chain: TrustChain;
  readonly issuer: string;
  readonly authorization: string;
  readonly token: string;
  readonly userinfo: string;
  /** Keys by which it signs tokens: others than those of the federation. */
  readonly keys: KeySet;
  /** Whether its answers name it: then one that does not is not its answer. */
  readonly namesItself: boolean;
}

const kept = new WeakMap<Federation, Map<string, { provider: Provider; until: number }>>();

/** @throws FederationRefusal */
export async function providerOf(whole: Federation, setting: ProviderSetting, now: Date): Promise<Provider> {
  const known = kept.get(whole) ?? new Map();
  kept.set(whole, known);
  const found = known.get(setting.entity);
  if (found && found.until > now.getTime()) return found.provider;
  const provider = await resolveProvider(whole, setting, now);
  const until = Math.min(provider.chain.expires.getTime(), now.getTime() + KEPT_MS);
  known.set(setting.entity, { provider, until });
  return provider;
}

/** @throws FederationRefusal */
export async function resolveProvider(
  whole: Federation,
  setting: ProviderSetting,
  now: Date,
): Promise<Provider> {
  const fetching = new Fetching(whole.thisMachine);
  const anchors = whole.settings.anchors.map(({ entity, jwks: keys }) => ({ entity, keys }));
  const chain = await resolveChain(setting.entity, { anchors, fetching, now });
  await checkTrustMarks(chain, setting.trustMarks, { fetching, now });
  const parsed = metadataSchema.safeParse(chain.metadata.openid_provider);
  if (!parsed.success)
    throw new FederationRefusal("metadata", `of a provider: ${parsed.error.issues[0]?.path.join(".")}`);
  const said = parsed.data;
  // Two members with one name of an issuer could answer for each other.
  if (said.issuer.replace(/\/$/, "") !== setting.entity.replace(/\/$/, ""))
    throw new FederationRefusal("metadata", "an issuer that is another entity");
  const origins = originsOf(setting);
  const addresses = [said.authorization_endpoint, said.token_endpoint, said.userinfo_endpoint];
  if (!addresses.every((address) => origins.includes(new URL(address).origin)))
    throw new FederationRefusal("metadata", "an endpoint elsewhere");
  return {
    setting,
    chain,
    issuer: said.issuer,
    authorization: said.authorization_endpoint,
    token: said.token_endpoint,
    userinfo: said.userinfo_endpoint,
    keys: await keysOf(said, chain, origins, { fetching, now }),
    namesItself: setting.kind === "cie" || said.authorization_response_iss_parameter_supported === true,
  };
}

async function keysOf(
  said: z.output<typeof metadataSchema>,
  chain: TrustChain,
  origins: readonly string[],
  { fetching, now }: { fetching: Fetching; now: Date },
): Promise<KeySet> {
  if (said.jwks) return said.jwks;
  const address = said.signed_jwks_uri ?? said.jwks_uri;
  if (!address) throw new FederationRefusal("metadata", "a provider without keys");
  if (!origins.includes(new URL(address).origin)) throw new FederationRefusal("metadata", "keys elsewhere");
  const text = await fetching.text(address);
  if (said.signed_jwks_uri) {
    // Signed by the federation's keys of the provider, as the authority above it vouches for them.
    const keys = chain.statements[1]?.claims.jwks ?? { keys: [] };
    return parseKeys(
      await verifySigned(text, { keys, issuer: chain.entity, subject: chain.entity, now, code: "statement" }),
    );
  }
  try {
    return parseKeys(JSON.parse(text));
  } catch {
    throw new FederationRefusal("metadata", "keys that are none");
  }
}

function parseKeys(value: unknown): KeySet {
  const parsed = keySetSchema.safeParse(value);
  if (!parsed.success) throw new FederationRefusal("metadata", "keys that are none");
  return parsed.data;
}
