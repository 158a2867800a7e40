/** What a transaction's one argument is: an act with its assertion, a resident's input, or a program's. */
import { z } from "zod";
import { RuleError } from "../errors";
import { Digest, Id } from "../primitives";
import { Base64url } from "./base64url-schema";
import { LONGEST_ACT } from "./signed-act";

/** Longest clientDataJSON, bytes. */
export const LONGEST_CLIENT_DATA = 4096;

/** What `navigator.credentials.get` gives, of a PublicKeyCredential: `rawId` and three members of `response`. */
export const Assertion = z.strictObject({
  credential: Base64url(1023),
  authenticatorData: Base64url(1024),
  clientDataJSON: Base64url(LONGEST_CLIENT_DATA),
  signature: Base64url(1024),
});
export type Assertion = z.infer<typeof Assertion>;

/** Digests of the acts that one gesture signs, the carried one among them: sorted, no two alike. */
export const ActList = z
  .array(Digest)
  .min(2)
  .max(200)
  .refine((digests) => digests.every((one, index) => index === 0 || (digests[index - 1] ?? "") < one));

const Input = z.record(z.string(), z.unknown());

export const Carried = z.discriminatedUnion("by", [
  z.strictObject({
    by: z.literal("act"),
    act: z.string().max(LONGEST_ACT),
    assertion: Assertion,
    list: ActList.optional(),
  }),
  /** The Comune vouches for the resident in what does not bind them; `person` is a random identifier. */
  z.strictObject({ by: z.literal("resident"), person: Id, input: Input }),
  /** A program whose certificate says what it is. */
  z.strictObject({ by: z.literal("service"), input: Input }),
]);
export type Carried = z.infer<typeof Carried>;
export type CarriedAct = Extract<Carried, { by: "act" }>;

/**
 * Reads a transaction's argument.
 *
 * @returns `undefined` for an argument without `by`: the plain input that an earlier version signed by a certificate
 * @throws {RuleError} `invalid_input` with the path of what does not fit
 */
export function readCarried(argument: string): Carried | undefined {
  let value: unknown;
  try {
    value = JSON.parse(argument);
  } catch {
    throw new RuleError("invalid_input", { path: "" });
  }
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, "by")) return undefined;
  const parsed = Carried.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new RuleError("invalid_input", { path: (issue?.path ?? []).map(String).join(".") });
}
