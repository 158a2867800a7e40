import { linkPage, unsubscribeByLink } from "@/features/notifications/mail-service";

/**
 * What mail programs post to by RFC 8058, and the button of the page: nobody has to sign in, the link says what is meant.
 * Whoever only opens the address, as scanners of links do, gets a page and changes nothing.
 */
export async function POST(request: Request): Promise<Response> {
  const link = linkOf(request);
  const done = await unsubscribeByLink(link);
  const isFromPage = request.headers.get("accept")?.includes("text/html") ?? false;
  if (!isFromPage) return new Response(null, { status: done ? 200 : 404 });
  return seeOther(linkPage("/unsubscribe", link, done));
}

export async function GET(request: Request): Promise<Response> {
  return seeOther(linkPage("/unsubscribe", linkOf(request)));
}

function linkOf(request: Request): string {
  return new URL(request.url).searchParams.get("link") ?? "";
}

function seeOther(location: string): Response {
  return new Response(null, { status: 303, headers: { location } });
}
