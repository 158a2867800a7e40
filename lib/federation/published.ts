/** What this site answers other members of the federation, by path below the aggregator's identifier. */
import { z } from "zod";
import { aggregatorConfiguration, memberConfiguration, statementAboutMember } from "./entity-statements";
import { clientIdOf, type Federation, type Member } from "./settings";

export interface Published {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** Statements are signed for a day and given out for a tenth of one. */
const KEPT_MS = 2 * 3600_000;
const kept = new WeakMap<Federation, Map<string, { body: string; until: number }>>();

/** @returns undefined where there is nothing of that path */
export async function published(
  whole: Federation,
  path: readonly string[],
  query: URLSearchParams,
  now: Date,
): Promise<Published | undefined> {
  const statement = async (name: string, make: () => Promise<string>): Promise<Published> => {
    const known = kept.get(whole) ?? new Map();
    kept.set(whole, known);
    const found = known.get(name);
    const body = found && found.until > now.getTime() ? found.body : await make();
    if (body !== found?.body) known.set(name, { body, until: now.getTime() + KEPT_MS });
    return { status: 200, type: "application/entity-statement+jwt", body };
  };
  const { members } = whole.settings;
  const [first = "", ...rest] = path;
  if (path.join("/") === ".well-known/openid-federation")
    return statement("aggregator", () => aggregatorConfiguration(whole, now));
  if (path.join("/") === "fetch") {
    const issuer = query.get("iss");
    const member = memberNamed(whole, query.get("sub"));
    if (!query.has("sub") || (issuer !== null && issuer !== whole.entity))
      return problem(400, "invalid_request");
    if (!member) return problem(404, "not_found");
    return statement(`about ${member.ipa}`, () => statementAboutMember(whole, member, now));
  }
  if (path.join("/") === "list") {
    const type = query.get("entity_type") ?? "openid_relying_party";
    const all = type === "openid_relying_party" ? members.map((member) => clientIdOf(whole, member)) : [];
    return json(200, all);
  }
  if (path.join("/") === "trust-mark-status") {
    const { id, sub } = statusSchema.safeParse(Object.fromEntries(query)).data ?? {};
    if (!id || !sub) return problem(400, "invalid_request");
    return json(200, { active: id === whole.settings.memberTrustMark?.id && !!memberNamed(whole, sub) });
  }
  const member = members.find(({ ipa }) => ipa === first);
  if (member && rest.join("/") === ".well-known/openid-federation")
    return statement(`of ${member.ipa}`, () => memberConfiguration(whole, member, now));
  return undefined;
}

const statusSchema = z.object({ id: z.string().max(1000), sub: z.string().max(1000) });

function memberNamed(whole: Federation, clientId: string | null): Member | undefined {
  return whole.settings.members.find((member) => clientIdOf(whole, member) === clientId);
}

function json(status: number, value: unknown): Published {
  return { status, type: "application/json", body: JSON.stringify(value) };
}

function problem(status: number, error: string): Published {
  return json(status, { error });
}
