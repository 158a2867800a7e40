/** Reads what the site's signing page posts: acts, whose they are, and where the assertion goes. */
import { readSignedAct } from "@/protocol/acts/signed-act";
import { RuleError } from "@/protocol/errors";
import type { PageLanguage } from "../trial-page";
import type { SignerKeys } from "./keys";
import type { Asked } from "./requests";

export const reasons = [
  "unknown_host",
  "other_site",
  "not_readable",
  "too_long",
  "other_person",
  "no_key",
  "gone",
  "not_found",
  "failed",
] as const;
export type Reason = (typeof reasons)[number];

/** A request that the signer does not take. */
export class SignRefusal extends Error {
  override readonly name = "SignRefusal";
  constructor(
    readonly reason: Reason,
    readonly status: number,
    readonly language?: PageLanguage,
  ) {
    super(reason);
  }
}

const MOST_ACTS = 200;
const LONGEST_ADDRESS = 8000;

/**
 * @param form `act` for each act, `person`, `return` (an address of the site), `language`
 * @throws SignRefusal
 */
export async function readSignRequest(form: URLSearchParams, keys: SignerKeys, site: string): Promise<Asked> {
  const language = form.get("language") === "en" ? "en" : "it";
  const refuse = (reason: Reason, status: number) => new SignRefusal(reason, status, language);
  const texts = form.getAll("act");
  const returnTo = siteAddress(form.get("return") ?? "", site);
  if (texts.length === 0 || texts.length > MOST_ACTS || new Set(texts).size < texts.length || !returnTo)
    throw refuse("not_readable", 400);
  const acts = texts.map((text) => ({ text, act: read(text, refuse("not_readable", 400)) }));
  const person = form.get("person") ?? "";
  const municipality = acts[0]?.act.municipality ?? "";
  const isTheirs = acts.every(({ act }) => act.person === person && act.municipality === municipality);
  if (!isTheirs) throw refuse("other_person", 403);
  const key = await keys.find(municipality, person);
  if (!key) throw refuse("no_key", 404);
  return { key, acts, returnTo, language };
}

function read(text: string, refusal: SignRefusal) {
  try {
    return readSignedAct(text);
  } catch (error) {
    throw error instanceof RuleError ? refusal : error;
  }
}

/** The address, where it is one of the site and of nobody else. */
function siteAddress(text: string, site: string): string | undefined {
  if (text.length > LONGEST_ADDRESS || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  const plain = url.username === "" && url.password === "" && url.hash === "";
  return url.origin === site && plain ? url.href : undefined;
}
