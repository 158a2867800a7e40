/** What an operator says of the federations of SPID and CIE: one file of JSON, and one of private keys beside it. */
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { z } from "zod";
import { isThisMachine } from "@/lib/outside/addresses";
import { env } from "../env";
import { log } from "../log";
import { keySetSchema } from "./key-set";

const privateKey = z.looseObject({
  kty: z.literal("RSA"),
  kid: z.string().min(1).max(200),
  ...{ n: z.string().min(340), e: z.string(), d: z.string().min(1) },
});

/** Keys of the federation sign statements; the two others answer providers. RSA of 2,048 bits or more. */
export const keysSchema = z.strictObject({
  federation: privateKey,
  signature: privateKey,
  encryption: privateKey,
});
export type FederationKeys = z.output<typeof keysSchema>;

const entity = z.url({ protocol: /^https?$/ }).max(500);
const compactToken = z.string().regex(/^[\w-]+\.[\w-]+\.[\w-]+$/);

const organisation = z.strictObject({
  organization_name: z.string().min(1).max(200),
  homepage_uri: z.url(),
  policy_uri: z.url(),
  logo_uri: z.url(),
  contacts: z.array(z.email()).min(1).max(5),
});

const settingsSchema = z.strictObject({
  /** The aggregator: whoever runs this site for the municipalities. */
  organisation,
  /** Path of the private keys, from this file's folder. */
  keys: z.string().min(1),
  /** Trust anchors with their keys, as they were received out of band. */
  anchors: z
    .array(z.strictObject({ entity, jwks: keySetSchema }))
    .min(1)
    .max(10),
  /** The authorities directly above the aggregator. */
  authorityHints: z.array(entity).min(1).max(10),
  /** Trust marks that were given to the aggregator. */
  trustMarks: z.array(z.strictObject({ id: z.string().min(1), trust_mark: compactToken })).default([]),
  /** The mark that the aggregator itself gives to each member, as the trust anchor lets it. */
  memberTrustMark: z
    .strictObject({ id: entity, logo_uri: z.url(), ref: z.url(), sa_profile: z.string().default("full") })
    .optional(),
  /** Whom people can choose to sign in with. */
  providers: z
    .array(
      z.strictObject({
        entity,
        kind: z.enum(["spid", "cie"]),
        name: z.string().min(1).max(60),
        /** Trust marks that it must have. */
        trustMarks: z.array(z.string().min(1)).max(5).default([]),
        /** Origins of its endpoints where they are not the entity's own. */
        origins: z
          .array(z.url().transform((url) => new URL(url).origin))
          .max(5)
          .default([]),
      }),
    )
    .min(1)
    .max(40),
  /** Each municipality is a relying party of its own. */
  members: z
    .array(
      z.strictObject({
        municipality: z.string().regex(/^\d{6}$/),
        ipa: z.string().regex(/^[a-z0-9_-]{2,40}$/i),
        organisation,
        trustMarks: z.array(z.strictObject({ id: z.string().min(1), trust_mark: compactToken })).default([]),
      }),
    )
    .min(1)
    .max(2_000),
  /** The least level of a sign-in: office acts ask for 2. */
  level: z.union([z.literal(2), z.literal(3)]).default(2),
});

export type FederationSettings = z.output<typeof settingsSchema>;
export type Member = FederationSettings["members"][number];
export type ProviderSetting = FederationSettings["providers"][number];

export interface Federation {
  readonly settings: FederationSettings;
  readonly keys: FederationKeys;
  /** The aggregator's identifier, under which its members' are. */
  readonly entity: string;
  /** Whether addresses of this machine are followed: only where the site itself has no other. */
  readonly thisMachine: boolean;
}

export class FederationSettingsError extends Error {
  override readonly name = "FederationSettingsError";
}

/** `wrong`: the settings are given and cannot be used; nobody signs in by the federations. */
export type FederationState = "off" | "ready" | "wrong";

let held: { file: string; federation: Federation | undefined } | undefined;

/** The federations of this site; undefined where none are configured, or not as they have to be: the log says why. */
export function federation(): Federation | undefined {
  const file = env.OIDC_FEDERATION;
  if (file === undefined) return undefined;
  if (held?.file === file) return held.federation;
  try {
    held = { file, federation: readFederation(file, env.ORIGIN) };
  } catch (error) {
    if (!(error instanceof FederationSettingsError)) throw error;
    log.error({ reason: error.message }, "federation");
    held = { file, federation: undefined };
  }
  return held.federation;
}

export function federationState(): FederationState {
  if (env.OIDC_FEDERATION === undefined) return "off";
  return federation() ? "ready" : "wrong";
}

/** @throws FederationSettingsError that names the place in the file, and none of its values */
export function readFederation(file: string, origin: string): Federation {
  const settings = parsed(file, settingsSchema);
  const keys = parsed(resolve(dirname(file), settings.keys), keysSchema);
  const thisMachine = isThisMachine(origin);
  if (new URL(origin).protocol !== "https:" && !thisMachine)
    throw new FederationSettingsError("ORIGIN: a member of the federation is reached by https");
  const doubled = [...new Set([keys.federation.kid, keys.signature.kid, keys.encryption.kid])].length;
  if (doubled < 3)
    throw new FederationSettingsError(`${settings.keys}: three keys, each with a kid of its own`);
  for (const [name, values] of [
    ["providers", settings.providers.map(({ entity: id }) => id)],
    ["members", settings.members.map(({ ipa }) => ipa.toLowerCase())],
    ["members", settings.members.map(({ municipality }) => municipality)],
  ] as const)
    if (new Set(values).size < values.length)
      throw new FederationSettingsError(`${name}: one stands there twice`);
  return { settings, keys, entity: `${origin}${federationPath}/`, thisMachine };
}

export const federationPath = "/api/federation";

/** A member's identifier: the aggregator's with the code of the public register behind, as aggregators that answer for their members have it. */
export function clientIdOf({ entity: aggregator }: Federation, { ipa }: Pick<Member, "ipa">): string {
  return `${aggregator}${ipa}/`;
}

export function callbackOf(whole: Federation, member: Pick<Member, "ipa">): string {
  return `${clientIdOf(whole, member)}callback`;
}

/** Origins that a form of this site may lead to. */
export function providerOrigins(): string[] {
  return (federation()?.settings.providers ?? []).flatMap((provider) => originsOf(provider));
}

export function originsOf({ entity: id, origins }: ProviderSetting): string[] {
  return [...new Set([new URL(id).origin, ...origins])];
}

function parsed<T>(file: string, schema: z.ZodType<T>): T {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    const why = error instanceof SyntaxError ? "is no JSON" : "cannot be read";
    throw new FederationSettingsError(`OIDC_FEDERATION: ${file} ${why}`);
  }
  const result = schema.safeParse(content);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new FederationSettingsError(`OIDC_FEDERATION: ${file}: ${issue?.path.join(".")}: ${issue?.message}`);
}
