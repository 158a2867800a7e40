/**
 * The act: what a person in office, or a party of a pact, signs with a passkey. It is a text, canonical JSON, because what is signed is its
 * bytes; a browser and the chaincode make the same challenge of them.
 */
import { z } from "zod";
import { canonicalJson } from "../canonical-json";
import { RuleError } from "../errors";
import { Day, Digest, FoundingId, Id, IstatCode } from "../primitives";
import { signingRoles } from "./roles";

/** The name of a channel, as Fabric has it. */
export const ChannelName = z.string().regex(/^[a-z][a-z0-9.-]{0,248}$/);

/** `type/idParts…` of a record. */
export const RecordPath = z.string().regex(/^[a-z_]{1,40}(\/[A-Za-z0-9-]{1,64}){1,3}$/);

/** How many records an act may say it has seen. */
export const MOST_SEEN = 60;
/** Longest act, in UTF-16 code units: the freezing of a ballot of 500 projects fits. */
export const LONGEST_ACT = 400_000;
/** How many days ahead of the chain's day an act may expire. */
export const MOST_DAYS_AHEAD = 2;

export const SignedAct = z.strictObject({
  /** The municipality's random founding id: an act of another founding, or of a copy of this one, is not this one's. */
  founding: FoundingId,
  channel: ChannelName,
  /** `contract:function`. */
  transaction: z.string().max(64),
  municipality: IstatCode,
  person: Id,
  role: z.enum(signingRoles),
  /** The transaction's input, command included, exactly as its schema reads it. */
  input: z.record(z.string(), z.unknown()),
  /** SHA-256 of each record's text in state, as the person saw it. */
  seen: z.record(RecordPath, Digest).refine((seen) => Object.keys(seen).length <= MOST_SEEN),
  /** The last day of the chain on which it can be carried. */
  expiresOn: Day,
});
export type SignedAct = z.infer<typeof SignedAct>;

/** The text that is signed and carried. */
export function signedActText(act: SignedAct): string {
  return canonicalJson(act);
}

/**
 * Reads an act's text back.
 *
 * @throws {RuleError} `act_malformed` with the path of what does not fit, or `text` when the text is not canonical
 */
export function readSignedAct(text: string): SignedAct {
  const value = fromCanonical(text);
  if (value === undefined) throw new RuleError("act_malformed", { path: "text" });
  const parsed = SignedAct.safeParse(value);
  if (!parsed.success) throw new RuleError("act_malformed", { path: issuePath(parsed.error) });
  return value as SignedAct;
}

/**
 * The input stands in an act exactly as its schema reads it: nothing is trimmed, dropped or filled in after signing.
 *
 * @returns the input as the schema reads it; undefined for one that it refuses, which is left to whoever carries it out
 *   and says why
 * @throws {RuleError} `act_malformed` with the path `input`
 */
export function readExact(schema: z.ZodType, input: unknown): unknown {
  const { data, success } = schema.safeParse(input);
  if (success && canonicalJson(data) !== canonicalJson(input))
    throw new RuleError("act_malformed", { path: "input" });
  return data;
}

const encoder = new TextEncoder();

/** Bytes whose SHA-256 is the challenge of one act. */
export function actBytes(text: string): Uint8Array {
  return encoder.encode(`cocity act 1\n${text}`);
}

/**
 * Bytes whose SHA-256 is the challenge of one gesture for several acts.
 * @param digests lower-case hexadecimal SHA-256 of each act's `actBytes`, sorted, no two alike
 */
export function actListBytes(digests: readonly string[]): Uint8Array {
  return encoder.encode(`cocity acts 1\n${digests.join("\n")}`);
}

function fromCanonical(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return canonicalJson(value) === text ? value : undefined;
  } catch {
    return undefined;
  }
}

function issuePath({ issues }: z.ZodError): string {
  return (issues[0]?.path ?? []).map(String).join(".");
}
