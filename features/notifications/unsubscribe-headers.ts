import { env } from "@/lib/env";

/** As RFC 8058 wants them; the mail library's own option for lists writes another second header. */
export function unsubscribeHeaders(link: string): Record<string, string> {
  return {
    "List-Unsubscribe": `<${env.ORIGIN}/api/mail/unsubscribe?link=${link}>`,
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
  };
}
