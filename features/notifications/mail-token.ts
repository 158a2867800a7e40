/** What a link in a mail lets whoever opens it do, without signing in: sealed, so that nobody can make or change one. */
import { z } from "zod";
import { DecryptionError, decrypt, encrypt } from "@/lib/encryption";
import { kinds } from "./rules";

const purpose = "link in a mail";

const schema = z.discriminatedUnion("do", [
  z.strictObject({
    do: z.literal("unsubscribe"),
    municipality: z.string(),
    person: z.string(),
    locale: z.enum(["it", "en"]),
    kinds: z.array(z.enum(kinds)).min(1),
  }),
  z.strictObject({
    do: z.literal("leaveNewsletter"),
    municipality: z.string(),
    person: z.string(),
    locale: z.enum(["it", "en"]),
  }),
  z.strictObject({
    do: z.literal("confirm"),
    municipality: z.string(),
    person: z.string(),
    locale: z.enum(["it", "en"]),
    address: z.string(),
  }),
]);
export type MailLink = z.output<typeof schema>;

/** Longer than any link we make: what is longer is not even opened. */
const LONGEST = 2_000;

export function sealLink(link: MailLink): string {
  return Buffer.from(encrypt(JSON.stringify(link), purpose)).toString("base64url");
}

/** What a link says; undefined where it is none of ours. */
export function openLink(token: string): MailLink | undefined {
  if (token.length > LONGEST || !/^[\w-]+$/.test(token)) return undefined;
  try {
    const parsed = schema.safeParse(
      JSON.parse(decrypt(Buffer.from(token, "base64url"), purpose).toString("utf8")),
    );
    return parsed.success ? parsed.data : undefined;
  } catch (error) {
    if (error instanceof DecryptionError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
