/** Vouchers of PDND. One that is bound to an evidence is good for that alone; others are kept while they are good. */
import { z } from "zod";
import type { Fetching } from "../federation/fetching";
import { asked, json } from "./asking";
import { AnprRefusal } from "./refusal";
import type { Anpr, AnprMember } from "./settings";
import { clientAssertion } from "./signing";

const voucherSchema = z.object({
  access_token: z
    .string()
    .max(8_000)
    .regex(/^[\w-]+\.[\w-]+\.[\w-]+$/),
  token_type: z.string().regex(/^bearer$/i),
  expires_in: z.int().min(1).max(86_400),
});

/** A request that is on its way must not meet a voucher that is over. */
const MARGIN_SECONDS = 30;

const kept = new Map<string, { voucher: string; until: number }>();

/** @param bound as {@link clientAssertion} takes it @throws AnprRefusal `unreachable` or `voucher` */
export async function voucherFor(
  whole: Anpr,
  member: AnprMember,
  asking: { fetching: Fetching; now: Date; bound?: string },
): Promise<string> {
  const { fetching, now, bound } = asking;
  const name = [whole.token.endpoint, member.client, member.kid, member.purpose].join(" ");
  const held = bound === undefined ? kept.get(name) : undefined;
  if (held && held.until > now.getTime()) return held.voucher;
  const answer = await asked(fetching, whole.token.endpoint, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", accept: "application/json" },
    body: new URLSearchParams({
      ...{ client_id: member.client, client_assertion: await clientAssertion(whole, member, bound, now) },
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      grant_type: "client_credentials",
    }).toString(),
  });
  if (answer.status !== 200) throw new AnprRefusal("voucher", `answered ${answer.status}`);
  const parsed = voucherSchema.safeParse(json(answer.text));
  if (!parsed.success) throw new AnprRefusal("voucher", "is none that is borne");
  const { access_token: voucher, expires_in: seconds } = parsed.data;
  if (bound === undefined)
    kept.set(name, { voucher, until: now.getTime() + (seconds - MARGIN_SECONDS) * 1000 });
  return voucher;
}

/** Of a voucher that the service turned down: the next question asks for another. */
export function forgetVouchers(): void {
  kept.clear();
}
