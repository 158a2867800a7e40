import { getTranslations } from "next-intl/server";
import { drain, streamFile } from "@/features/documents/multipart";
import { MAX_FILE_BYTES } from "@/features/documents/rules";
import {
  discardUpload,
  requireRoomForUpload,
  storeUpload,
  type Uploaded,
} from "@/features/documents/service";
import { municipalityBySlug } from "@/features/municipalities/queries";
import { addAttachment, requireRoomForAttachment } from "@/features/proposals/service";
import { currentViewer } from "@/lib/auth";
import { env } from "@/lib/env";
import { type ErrorTranslator, errorSentence } from "@/lib/error-sentence";
import {
  ExpectedError,
  InvalidInputError,
  NotAllowedError,
  NotFoundError,
  NotSignedInError,
  TooMuchError,
} from "@/lib/errors";
import { count } from "@/lib/rate-limit";
import { isSameSite, ownPath } from "@/lib/same-site";
import { presentError } from "@/lib/unexpected";

type Context = RouteContext<"/api/uploads/[municipality]">;

/** What goes around the file in a request: boundaries, headers, the few fields. */
const AROUND_BYTES = 64_000;
/** Beyond this nobody sends a file by mistake: the connection is closed instead of read to the end. */
const MOST_READ_BYTES = 1_000_000_000;

/**
 * Receives one file. Outside the proxy's matcher, which would cut it at a limit without a word. A script gets JSON;
 * a form posted without one is sent back to its page with the code of the sentence.
 */
export async function POST(request: Request, context: Context): Promise<Response> {
  const query = new URL(request.url).searchParams;
  try {
    const uploaded = await receive(request, context, query.get("proposta"));
    return answer(request, query, { status: 201, file: uploaded });
  } catch (error) {
    await drain(request, MOST_READ_BYTES);
    const { code, params } = presentError(error, { route: "uploads" });
    const status = error instanceof ExpectedError ? error.status : 500;
    return answer(request, query, { status, code, params });
  }
}

async function receive(request: Request, { params }: Context, proposal: string | null): Promise<Uploaded> {
  if (!isSameSite(request)) throw new NotAllowedError("upload_refused");
  const viewer = await currentViewer();
  if (!viewer) throw new NotSignedInError();
  await count("uploads", viewer.id);
  const municipality = await municipalityBySlug((await params).municipality);
  if (!municipality) throw new NotFoundError();
  const who = { municipality: municipality.istatCode, person: viewer.id };
  await (proposal ? requireRoomForAttachment(who, proposal) : requireRoomForUpload(who));
  if (Number(request.headers.get("content-length") ?? 0) > MAX_FILE_BYTES + AROUND_BYTES)
    throw new TooMuchError("file_too_large", { limit: MAX_FILE_BYTES / 1_000_000 });
  const { result, whole } = await streamFile(request, (file) => storeUpload(who, file));
  if (!whole) {
    await discardUpload(who, result.id);
    throw new InvalidInputError({ file: "file_cut" }, "file_cut");
  }
  if (proposal) await addAttachment(who, proposal, result.id);
  return result;
}

type Outcome =
  | { status: number; file: Uploaded }
  | { status: number; code: string; params: Readonly<Record<string, string | number>> };

async function answer(request: Request, query: URLSearchParams, outcome: Outcome): Promise<Response> {
  if (request.headers.get("accept")?.includes("application/json")) {
    if ("file" in outcome) return Response.json(outcome.file, { status: outcome.status });
    const locale = query.get("lingua") === "en" ? "en" : "it";
    const t = (await getTranslations({ locale, namespace: "errors" })) as unknown as ErrorTranslator;
    const sentence = errorSentence(t, locale, outcome.code, outcome.params);
    const { minutes } = outcome.params;
    const headers = new Headers(minutes === undefined ? [] : [["retry-after", String(Number(minutes) * 60)]]);
    return Response.json({ code: outcome.code, sentence }, { status: outcome.status, headers });
  }
  const back = new URL(ownPath(query.get("ritorno")), env.ORIGIN);
  back.searchParams.set("file", "code" in outcome ? outcome.code : "ok");
  const limit = "params" in outcome && (outcome.params.limit ?? outcome.params.minutes);
  if (limit) back.searchParams.set("limite", String(limit));
  return new Response(null, {
    status: 303,
    headers: { location: `${back.pathname}${back.search}#files` },
  });
}
