import { cookieName } from "@/lib/cookie-name";
import { env } from "@/lib/env";
import { backTo } from "@/lib/same-site";

/** Keeps the chosen theme for a year and shows the same page again. */
export async function POST(request: Request): Promise<Response> {
  const theme = (await request.formData()).get("theme");
  const headers = new Headers({ location: backTo(request) });
  if (theme === "light" || theme === "dark") {
    const secure = env.ORIGIN.startsWith("https:") ? "; Secure" : "";
    headers.append(
      "set-cookie",
      `${cookieName("theme")}=${theme}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly${secure}`,
    );
  }
  return new Response(null, { status: 303, headers });
}
