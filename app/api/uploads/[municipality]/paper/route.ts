import { getTranslations } from "next-intl/server";
import { drain } from "@/features/documents/multipart";
import { MAX_FILE_BYTES } from "@/features/documents/rules";
import { municipalityBySlug } from "@/features/municipalities/queries";
import { paperForm } from "@/features/papers/form-queries";
import { type PaperKind, paperKinds } from "@/features/papers/rules";
import { attachmentHeader } from "@/lib/attachment-header";
import { currentSession, currentViewer } from "@/lib/auth";
import { type ErrorTranslator, errorSentence } from "@/lib/error-sentence";
import {
  ExpectedError,
  InvalidInputError,
  NotAllowedError,
  NotFoundError,
  NotSignedInError,
  TooMuchError,
} from "@/lib/errors";
import { isBounded } from "@/lib/form-bounds";
import type { Locale } from "@/lib/language/routing";
import { levelNeeded, roleFor } from "@/lib/permissions";
import { countAction } from "@/lib/rate-limit";
import { isSameSite } from "@/lib/same-site";
import { presentError } from "@/lib/unexpected";
import { askedIn } from "./asked";

type Context = RouteContext<"/api/uploads/[municipality]/paper">;

/** What goes around the file in a request: boundaries, headers, the fields. */
const AROUND_BYTES = 64_000;

/** The form on paper that a party signs before a witness, made of what the witness has typed. Nothing is recorded. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const query = new URL(request.url).searchParams;
  const locale = query.get("lingua") === "en" ? "en" : "it";
  try {
    const { municipality: slug } = await params;
    const made = await make(request, slug, query.get("modulo") ?? "", locale);
    return new Response(new Uint8Array(made.bytes), {
      headers: {
        "content-type": "application/pdf",
        "content-disposition": attachmentHeader(made.name),
        "x-content-type-options": "nosniff",
        "cache-control": "private, no-store",
      },
    });
  } catch (error) {
    await drain(request, MAX_FILE_BYTES * 2);
    const { code, params: said } = presentError(error, { route: "paper" });
    const t = (await getTranslations({ locale, namespace: "errors" })) as unknown as ErrorTranslator;
    return new Response(`${errorSentence(t, locale, code, said)}\n`, {
      status: error instanceof ExpectedError ? error.status : 500,
      headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" },
    });
  }
}

async function make(request: Request, slug: string, kind: string, locale: Locale) {
  if (!isSameSite(request)) throw new NotAllowedError("upload_refused");
  const [session, viewer] = [await currentSession(), await currentViewer()];
  if (!session || !viewer) throw new NotSignedInError();
  const municipality = await municipalityBySlug(slug);
  if (!municipality || !isKind(kind)) throw new NotFoundError();
  const { istatCode } = municipality;
  if (!roleFor(viewer, istatCode, "papers:record")) throw new NotAllowedError();
  if (session.level < levelNeeded("papers:record")) throw new NotAllowedError("level_too_low");
  await countAction(viewer.id, "papers:record");
  const { headers } = request;
  // The form is read as a whole: what does not say how long it is might have no end.
  const isEndless = headers.has("transfer-encoding") && !headers.has("content-length");
  if (isEndless || Number(headers.get("content-length") ?? 0) > MAX_FILE_BYTES + AROUND_BYTES)
    throw new TooMuchError("file_too_large", { limit: MAX_FILE_BYTES / 1_000_000 });
  const form = await request.formData().catch(() => {
    throw new InvalidInputError({}, "form_unreadable");
  });
  if (!isBounded(form)) throw new InvalidInputError({}, "form_unreadable");
  const witness = { municipality: istatCode, person: viewer.id };
  const { files, ...said } = await askedIn(kind, form, witness, locale);
  const t = await getTranslations({ locale, namespace: "papers.form" });
  return { bytes: await paperForm(municipality, said, files, locale), name: `${t("file")}.pdf` };
}

function isKind(kind: string): kind is PaperKind {
  return paperKinds.some((known) => known === kind);
}
