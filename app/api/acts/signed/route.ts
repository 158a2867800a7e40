import { handedBackSchema } from "@/features/acts/schema";
import { acceptSignature, preparedTexts } from "@/features/acts/service";
import { municipalityBySlug } from "@/features/municipalities/queries";
import { rememberDone } from "@/features/office/done-service";
import { currentSession, currentViewer } from "@/lib/auth";
import { env } from "@/lib/env";
import { NotAllowedError, NotSignedInError } from "@/lib/errors";
import { getPathname } from "@/lib/language/navigation";
import { can, levelNeeded } from "@/lib/permissions";
import { countAction } from "@/lib/rate-limit";
import { ownPath } from "@/lib/same-site";
import { presentError } from "@/lib/unexpected";

/**
 * Takes what the trial signer hands back. It is a GET, because a redirection across ports brings no form: without a
 * signature over the very acts that were prepared for the person it does nothing, and given twice it does it once.
 */
export async function GET(request: Request): Promise<Response> {
  const query = new URL(request.url).searchParams;
  const next = ownPath(query.get("poi"));
  const code = await take(query).then(
    () => undefined,
    (error: unknown) => presentError(error, { route: "acts/signed" }).code,
  );
  const location = code === undefined ? next : signingPath(query, next, code);
  return new Response(null, {
    status: 303,
    headers: { location: env.ORIGIN + location, "cache-control": "no-store" },
  });
}

async function take(query: URLSearchParams): Promise<void> {
  const [session, viewer] = [await currentSession(), await currentViewer()];
  if (!session || !viewer) throw new NotSignedInError();
  if (session.level < levelNeeded("acts:sign")) throw new NotAllowedError("level_too_low");
  const municipality = await municipalityBySlug(query.get("comune") ?? "");
  if (!municipality || !can(viewer, municipality.istatCode, "acts:sign")) throw new NotAllowedError();
  await countAction(viewer.id, "acts:sign");
  const parsed = handedBackSchema.safeParse(Object.fromEntries(query));
  if (!parsed.success) throw new NotAllowedError("act_not_found");
  const { ids, ...assertion } = parsed.data;
  const texts = await preparedTexts(viewer, municipality.istatCode, ids);
  await acceptSignature(viewer, municipality.istatCode, { texts, assertion });
  await rememberDone(viewer, municipality.istatCode, { ids, path: ownPath(query.get("poi")) });
}

/** The signing page again, which says why. */
function signingPath(query: URLSearchParams, next: string, code: string): string {
  const params = { municipality: query.get("comune") ?? "" };
  const locale = query.get("lingua") === "en" ? "en" : "it";
  return getPathname({
    href: {
      pathname: "/[municipality]/sign",
      params,
      query: { atti: query.get("ids") ?? "", poi: next, errore: code },
    },
    locale,
  });
}
