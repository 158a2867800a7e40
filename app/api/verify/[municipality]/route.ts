import { municipalityBySlug } from "@/features/municipalities/queries";
import { roundSlug } from "@/features/rounds/queries";
import { codesIn } from "@/features/verification/rules";
import { askedSchema } from "@/features/verification/schema";
import { keepAsked } from "@/lib/asked";
import { getPathname } from "@/lib/language/navigation";
import { isSameSite } from "@/lib/same-site";

type Context = RouteContext<"/api/verify/[municipality]">;

/**
 * What somebody pastes to have it looked up: a receipt, or the key of a ballot in a round's result. It is posted and
 * waits in their browser, because a receipt may hold choices and an address is kept in many places.
 */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  if (!isSameSite(request)) return new Response(null, { status: 403 });
  const municipality = await municipalityBySlug((await params).municipality);
  if (!municipality) return new Response(null, { status: 404 });
  const { slug, istatCode } = municipality;
  const asked = askedSchema.parse(Object.fromEntries(await request.formData()));
  const to = (location: string) => new Response(null, { status: 303, headers: { location } });
  if (!asked.round) {
    // What is too long to wait is asked by its codes alone: they say nothing of anybody.
    const number =
      (await keepAsked(`verify ${istatCode}`, asked.text)) ??
      (await keepAsked(`verify ${istatCode}`, codesIn(asked.text).join("\n")));
    const query = number === undefined ? {} : { risposta: number };
    const href = { pathname: "/[municipality]/verify" as const, params: { municipality: slug }, query };
    return to(getPathname({ locale: asked.language, href }));
  }
  const round = await roundSlug(istatCode, asked.round);
  if (!round) return new Response(null, { status: 404 });
  const number = await keepAsked(`own ballot ${asked.round}`, asked.text.slice(0, 200));
  const query = number === undefined ? {} : { risposta: number };
  const href = {
    pathname: "/[municipality]/rounds/[round]/result" as const,
    ...{ params: { municipality: slug, round }, query },
  };
  return to(`${getPathname({ locale: asked.language, href })}#own`);
}
