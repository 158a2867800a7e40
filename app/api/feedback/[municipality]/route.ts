import { parseWithZod } from "@conform-to/zod/v4";
import { getTranslations } from "next-intl/server";
import { FEEDBACK_ID } from "@/features/feedback/feedback-id";
import { keptAnswer } from "@/features/feedback/kept-answer";
import { feedbackSchema } from "@/features/feedback/schema";
import { giveFeedback } from "@/features/feedback/service";
import { municipalityBySlug } from "@/features/municipalities/queries";
import { cookieName } from "@/lib/cookie-name";
import { env } from "@/lib/env";
import { type ErrorTranslator, errorSentence, issueCode } from "@/lib/error-sentence";
import {
  type ErrorParams,
  ExpectedError,
  InvalidInputError,
  NotAllowedError,
  NotFoundError,
} from "@/lib/errors";
import { isBounded } from "@/lib/form-bounds";
import { count } from "@/lib/rate-limit";
import { backTo, isSameSite } from "@/lib/same-site";
import { presentError } from "@/lib/unexpected";

/**
 * Takes what somebody says of a page. Nobody has to sign in, so nothing is kept of who it was. A script gets JSON; a
 * form posted without one leads back to its page, which says the same and holds what was chosen.
 */
export async function POST(
  request: Request,
  { params }: RouteContext<"/api/feedback/[municipality]">,
): Promise<Response> {
  const isScript = request.headers.get("accept")?.includes("application/json") ?? false;
  let form: FormData | undefined;
  try {
    if (!isSameSite(request)) throw new NotAllowedError();
    const municipality = await municipalityBySlug((await params).municipality);
    if (!municipality) throw new NotFoundError();
    form = await request.formData();
    await count("feedback", request.headers.get("x-forwarded-for") ?? "");
    if (!isBounded(form)) throw new InvalidInputError({}, "form_unreadable");
    const submission = parseWithZod(form, { schema: feedbackSchema, error: issueCode });
    if (submission.status !== "success") {
      const [code = "not_valid"] = Object.values(submission.error ?? {}).flatMap((codes) => codes ?? []);
      throw new InvalidInputError({}, code);
    }
    await giveFeedback(municipality, submission.value);
    return isScript ? Response.json({ done: true }) : answerPage(request, { form, code: "done" });
  } catch (error) {
    const { code, params: values } = presentError(error, { route: "feedback" });
    if (!isScript) return answerPage(request, { form, code, values });
    const status = error instanceof ExpectedError ? error.status : 500;
    const locale = form?.get("language") === "en" ? "en" : "it";
    const t = (await getTranslations({ locale, namespace: "errors" })) as unknown as ErrorTranslator;
    return Response.json({ code, sentence: errorSentence(t, locale, code, values) }, { status });
  }
}

type Outcome = { form: FormData | undefined; code: string; values?: ErrorParams };

/** The page again, with a cookie of a minute that says what came of it and what was typed. */
function answerPage(request: Request, { form, code, values = {} }: Outcome): Response {
  const page = backTo(request);
  const kept = keptAnswer(new URL(page, env.ORIGIN).pathname, code, values, form);
  const secure = env.ORIGIN.startsWith("https:") ? "; Secure" : "";
  return new Response(null, {
    status: 303,
    headers: {
      location: `${page}#${FEEDBACK_ID}`,
      "set-cookie": `${cookieName("feedback")}=${kept}; Path=/; Max-Age=60; SameSite=Lax; HttpOnly${secure}`,
    },
  });
}
