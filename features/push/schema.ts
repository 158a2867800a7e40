/** What the forms about a person's devices take. */
import { ECDH } from "node:crypto";
import { z } from "zod";
import { env } from "@/lib/env";
import { isPushEndpoint } from "./rules";

const bytes = (length: number) =>
  z
    .string()
    .refine((text) => /^[\w-]{1,100}=?$/.test(text) && Buffer.from(text, "base64url").length === length, {
      error: "not_valid",
    });

export const deviceSchema = z.object({
  endpoint: z
    .string()
    .max(1_000)
    .refine((address) => isPushEndpoint(address, env.PUSH_SERVICES), { error: "not_valid" }),
  p256dh: bytes(65).refine(isPoint, { error: "not_valid" }),
  auth: bytes(16),
});
export type BrowserSubscription = z.output<typeof deviceSchema>;

export const removeDeviceSchema = z.object({ id: z.uuid() });

function isPoint(text: string): boolean {
  try {
    ECDH.convertKey(text, "prime256v1", "base64url");
    return true;
  } catch {
    return false;
  }
}
