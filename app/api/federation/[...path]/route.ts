import { published } from "@/lib/federation/published";
import { federation } from "@/lib/federation/settings";
import { finishFederatedSignIn } from "@/lib/federation/sign-ins";

type Context = { params: Promise<{ path: string[] }> };

export const dynamic = "force-dynamic";

/** What other members of the federations of SPID and CIE ask of this one, and where providers lead browsers back to. */
export async function GET(request: Request, context: Context): Promise<Response> {
  const { path } = await context.params;
  const query = new URL(request.url).searchParams;
  const whole = federation();
  if (!whole) return new Response(null, { status: 404 });
  const [ipa = "", last] = path;
  if (path.length === 2 && last === "callback") return finished(ipa, query);
  const found = await published(whole, path, query, new Date());
  if (!found) return new Response(null, { status: 404 });
  return new Response(found.body, {
    status: found.status,
    headers: { "content-type": found.type, "cache-control": "no-store" },
  });
}

async function finished(ipa: string, query: URLSearchParams): Promise<Response> {
  const result = await finishFederatedSignIn(ipa, query);
  const page = (language: "it" | "en") => (language === "en" ? "/en/sign-in" : "/accedi");
  const location = result.ok
    ? result.to
    : `${page(result.language)}?error=${result.reason === "level" ? "level" : "failed"}`;
  return new Response(null, { status: 303, headers: { location, "cache-control": "no-store" } });
}
