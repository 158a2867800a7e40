import { confirmAddress, linkPage } from "@/features/notifications/mail-service";

/** Confirms an address: the button of the page that the mailed link leads to. */
export async function POST(request: Request): Promise<Response> {
  const link = new URL(request.url).searchParams.get("link") ?? "";
  const location = linkPage("/confirm-address", link, await confirmAddress(link));
  return new Response(null, { status: 303, headers: { location } });
}
