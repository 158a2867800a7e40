/** What this site says of itself in the federation: as an aggregator, and for each municipality as a relying party. */
import { importJWK, type JWK, SignJWT } from "jose";
import { callbackOf, clientIdOf, type Federation, type FederationKeys, type Member } from "./settings";

const lifeSeconds = 24 * 3600;
const algorithm = "RS256";

type Key = FederationKeys[keyof FederationKeys];

/** The aggregator's entity configuration. */
export function aggregatorConfiguration(whole: Federation, now: Date): Promise<string> {
  const { settings, entity } = whole;
  return sign(whole, "entity-statement+jwt", now, {
    ...{ iss: entity, sub: entity, jwks: { keys: [publicPart(whole.keys.federation)] } },
    authority_hints: settings.authorityHints,
    ...(settings.trustMarks.length > 0 && { trust_marks: settings.trustMarks }),
    metadata: {
      federation_entity: {
        ...settings.organisation,
        federation_fetch_endpoint: `${entity}fetch`,
        federation_list_endpoint: `${entity}list`,
        federation_trust_mark_status_endpoint: `${entity}trust-mark-status`,
      },
    },
  });
}

/** A municipality's entity configuration, which the aggregator signs for it. */
export async function memberConfiguration(whole: Federation, member: Member, now: Date): Promise<string> {
  const clientId = clientIdOf(whole, member);
  return sign(whole, "entity-statement+jwt", now, {
    ...{ iss: clientId, sub: clientId, jwks: { keys: [publicPart(whole.keys.federation)] } },
    authority_hints: [whole.entity],
    trust_marks: await marksOf(whole, member, now),
    metadata: {
      federation_entity: member.organisation,
      openid_relying_party: relyingParty(whole, member),
    },
  });
}

/** What the aggregator says of a member. */
export async function statementAboutMember(whole: Federation, member: Member, now: Date): Promise<string> {
  return sign(whole, "entity-statement+jwt", now, {
    ...{ iss: whole.entity, sub: clientIdOf(whole, member) },
    jwks: { keys: [publicPart(whole.keys.federation)] },
    trust_marks: await marksOf(whole, member, now),
    constraints: { max_path_length: 0, allowed_entity_types: ["openid_relying_party"] },
    metadata_policy: {
      openid_relying_party: {
        grant_types: { subset_of: ["authorization_code"] },
        response_types: { subset_of: ["code"] },
        token_endpoint_auth_method: { value: "private_key_jwt" },
      },
    },
  });
}

function relyingParty(whole: Federation, member: Member) {
  const { signature, encryption } = whole.keys;
  return {
    application_type: "web",
    client_id: clientIdOf(whole, member),
    client_name: member.organisation.organization_name,
    organization_name: member.organisation.organization_name,
    contacts: member.organisation.contacts,
    client_registration_types: ["automatic"],
    redirect_uris: [callbackOf(whole, member)],
    response_types: ["code"],
    grant_types: ["authorization_code"],
    subject_type: "pairwise",
    jwks: {
      keys: [
        { ...publicPart(signature), use: "sig" },
        { ...publicPart(encryption), use: "enc" },
      ],
    },
    token_endpoint_auth_method: "private_key_jwt",
    request_object_signing_alg: algorithm,
    id_token_signed_response_alg: algorithm,
    userinfo_signed_response_alg: algorithm,
    userinfo_encrypted_response_alg: "RSA-OAEP-256",
    userinfo_encrypted_response_enc: "A256CBC-HS512",
  };
}

/** The marks a member was given by others, and the one that the aggregator gives. */
async function marksOf(whole: Federation, member: Member, now: Date) {
  const { memberTrustMark: mark } = whole.settings;
  if (!mark) return member.trustMarks;
  const own = await sign(whole, "trust-mark+jwt", now, {
    ...{ iss: whole.entity, sub: clientIdOf(whole, member), ...mark },
    organization_type: "public",
    id_code: { ipa_code: member.ipa },
    organization_name: member.organisation.organization_name,
    email: member.organisation.contacts[0],
  });
  return [...member.trustMarks, { id: mark.id, trust_mark: own }];
}

async function sign(
  { keys }: Federation,
  typ: string,
  now: Date,
  claims: Record<string, unknown>,
): Promise<string> {
  const seconds = Math.floor(now.getTime() / 1000);
  return signedBy(keys.federation, typ, { ...claims, iat: seconds, exp: seconds + lifeSeconds });
}

/** A signed token of ours. */
export async function signedBy(
  key: Key,
  typ: string | undefined,
  claims: Record<string, unknown>,
): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: algorithm, kid: key.kid, ...(typ !== undefined && { typ }) })
    .sign(await importJWK(key as unknown as JWK, algorithm));
}

/** Of a private key what everybody may know. */
export function publicPart({ kty, kid, n, e }: Key): { kty: string; kid: string; n: string; e: string } {
  return { kty, kid, n, e };
}
