import { cookies } from "next/headers";
import { getLocale, getTranslations } from "next-intl/server";
import { Icon } from "@/components/ui/icon";
import { cookieName } from "@/lib/cookie-name";
import { errorSentences } from "@/lib/error-sentences";
import { FeedbackFields } from "./feedback-fields";
import { FeedbackForm, FeedbackPlace } from "./feedback-form";
import { FEEDBACK_ID } from "./feedback-id";
import { readKeptAnswer } from "./kept-answer";

/** Under every public page of a municipality: how clear it is. */
export async function PageFeedback({ municipality }: { municipality: string }) {
  const [jar, t, locale, sentence] = await Promise.all([
    ...([cookies(), getTranslations("feedback"), getLocale(), errorSentences()] as const),
  ]);
  const { path, code, params, typed } = readKeptAnswer(jar.get(cookieName("feedback"))?.value) ?? {};
  const outcome = code === "done" ? { done: true as const } : code && { failure: sentence(code, params) };
  return (
    <FeedbackPlace>
      <section
        id={FEEDBACK_ID}
        aria-labelledby="feedback-title"
        data-element="feedback"
        className="mt-16 bg-sunken px-4 py-10 print:hidden"
      >
        <div className="mx-auto max-w-form rounded-smooth bg-surface p-5 shadow-medium md:p-6">
          <h2 id="feedback-title" data-element="feedback-title" className="text-lg">
            {t("title")}
          </h2>
          <FeedbackForm
            action={`/api/feedback/${municipality}`}
            language={locale}
            fields={<FeedbackFields />}
            thanks={
              <p className="flex items-center gap-2 pt-3">
                <Icon name="check-circle" />
                {t("thanks")}
              </p>
            }
            failureIcon={<Icon name="alert" />}
            unknownFailure={t("unknown")}
            {...(path &&
              outcome && {
                before: { path, ...outcome, fields: <FeedbackFields {...(typed && { typed })} /> },
              })}
          />
        </div>
      </section>
    </FeedbackPlace>
  );
}
