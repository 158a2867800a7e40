import { digestOf, drain, streamFile } from "@/features/documents/multipart";
import { municipalityBySlug } from "@/features/municipalities/queries";
import { digestLimitMegabytes } from "@/features/verification/rules";
import { ExpectedError, NotAllowedError, NotFoundError, TooMuchError } from "@/lib/errors";
import { getPathname } from "@/lib/language/navigation";
import { isSameSite } from "@/lib/same-site";
import { presentError } from "@/lib/unexpected";

type Context = RouteContext<"/api/uploads/[municipality]/digest">;

const limit = digestLimitMegabytes * 1_000_000;

/** Hashes a file for a browser without scripts and leads to what was found. No byte of the file is kept. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { municipality: slug } = await params;
  const locale = new URL(request.url).searchParams.get("lingua") === "en" ? "en" : "it";
  const answer = (query: Record<string, string>) => {
    const href = { pathname: "/[municipality]/verify" as const, params: { municipality: slug }, query };
    return new Response(null, { status: 303, headers: { location: getPathname({ locale, href }) } });
  };
  try {
    if (!isSameSite(request)) throw new NotAllowedError("upload_refused");
    if (!(await municipalityBySlug(slug))) throw new NotFoundError();
    if (Number(request.headers.get("content-length") ?? 0) > limit + 64_000) throw tooLarge();
    const { result, whole } = await streamFile(request, ({ stream }) => digestOf(stream, limit));
    if (result === undefined) throw tooLarge();
    return answer(whole ? { cerca: result } : { file: "file_cut" });
  } catch (error) {
    await drain(request, limit * 10);
    if (error instanceof NotFoundError) return new Response(null, { status: 404 });
    const { code } = presentError(error, { route: "digest" });
    const known = error instanceof ExpectedError;
    return answer({
      file: known ? code : "unavailable",
      ...(code === "file_too_large" && { limite: String(digestLimitMegabytes) }),
    });
  }
}

function tooLarge(): TooMuchError {
  return new TooMuchError("file_too_large", { limit: digestLimitMegabytes });
}
