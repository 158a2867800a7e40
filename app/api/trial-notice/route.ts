import { cookieName } from "@/lib/cookie-name";
import { env } from "@/lib/env";
import { backTo } from "@/lib/same-site";

/** Folds the line that says that this is a trial away, or shows it again, and remembers it for a month. */
export async function POST(request: Request): Promise<Response> {
  const folded = (await request.formData()).get("notice") === "folded";
  const secure = env.ORIGIN.startsWith("https:") ? "; Secure" : "";
  return new Response(null, {
    status: 303,
    headers: {
      location: backTo(request),
      "set-cookie": `${cookieName("trial-notice")}=${folded ? "folded" : ""}; Path=/; Max-Age=${folded ? 2_592_000 : 0}; SameSite=Lax; HttpOnly${secure}`,
    },
  });
}
