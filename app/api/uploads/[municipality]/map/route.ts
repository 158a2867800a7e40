import { drain, streamFile } from "@/features/documents/multipart";
import { MOST_MAP_BYTES } from "@/features/maps/rules";
import { discardMap, prepareMap } from "@/features/maps/service";
import { municipalityBySlug } from "@/features/municipalities/queries";
import { currentSession, currentViewer } from "@/lib/auth";
import { env } from "@/lib/env";
import {
  InvalidInputError,
  NotAllowedError,
  NotFoundError,
  NotSignedInError,
  TooMuchError,
} from "@/lib/errors";
import { can, levelNeeded } from "@/lib/permissions";
import { count } from "@/lib/rate-limit";
import { isSameSite, ownPath } from "@/lib/same-site";
import { presentError } from "@/lib/unexpected";

type Context = RouteContext<"/api/uploads/[municipality]/map">;

/** What goes around the file in a request. */
const AROUND_BYTES = 64_000;

/**
 * Receives a file for the map as it comes: too large for a form's body. The form is a plain one, which leads back to its
 * page with what became of the file.
 */
export async function POST(request: Request, context: Context): Promise<Response> {
  const back = new URL(ownPath(new URL(request.url).searchParams.get("ritorno")), env.ORIGIN);
  try {
    await receive(request, context);
    back.searchParams.set("file", "ok");
  } catch (error) {
    await drain(request, 2 * MOST_MAP_BYTES);
    const { code, params } = presentError(error, { route: "map" });
    back.searchParams.set("file", code);
    const limit = params.limit ?? params.most ?? params.minutes;
    if (limit !== undefined) back.searchParams.set("limite", String(limit));
  }
  const location = `${back.pathname}${back.search}#map-file`;
  return new Response(null, { status: 303, headers: { location } });
}

async function receive(request: Request, { params }: Context): Promise<void> {
  if (!isSameSite(request)) throw new NotAllowedError("upload_refused");
  const [session, viewer] = [await currentSession(), await currentViewer()];
  if (!session || !viewer) throw new NotSignedInError();
  const municipality = await municipalityBySlug((await params).municipality);
  if (!municipality) throw new NotFoundError();
  if (!can(viewer, municipality.istatCode, "site:manage")) throw new NotAllowedError();
  if (session.level < levelNeeded("site:manage")) throw new NotAllowedError("level_too_low");
  await count("uploads", viewer.id);
  if (Number(request.headers.get("content-length") ?? 0) > MOST_MAP_BYTES + AROUND_BYTES)
    throw new TooMuchError("file_too_large", { limit: MOST_MAP_BYTES / 1_000_000 });
  const uploader = { municipality: municipality.istatCode, person: viewer.id };
  const { result, whole } = await streamFile(request, (file) => prepareMap(uploader, file));
  if (whole) return;
  await discardMap(uploader, result);
  throw new InvalidInputError({ file: "file_cut" }, "file_cut");
}
