import { endSessionLocation } from "@/lib/identity-provider";
import { isSameSite } from "@/lib/same-site";
import { endSession } from "@/lib/session";

/** Ends the session here, then leads to the provider, which ends its own and leads back. */
export async function POST(request: Request): Promise<Response> {
  if (!isSameSite(request)) return new Response(null, { status: 403 });
  const language = (await request.formData()).get("language") === "en" ? "en" : "it";
  const location = await endSessionLocation(language);
  await endSession();
  return new Response(null, { status: 303, headers: { location } });
}
