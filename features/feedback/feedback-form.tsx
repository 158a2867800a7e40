"use client";

import { usePathname, useSelectedLayoutSegment } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { controlClass } from "@/components/ui/field";
import { Icon } from "@/components/ui/icon";
import { FEEDBACK_ID } from "./feedback-id";
import { MOST_TEXT, negativeAnswers, positiveAnswers } from "./rules";

/** What came of a form sent without scripts, on the page it was sent from. */
type Before = {
  path: string;
  typed: Readonly<Record<string, string>>;
  done?: true;
  failure?: string;
};

/** Pages that are work, not information. */
const withoutFeedback: readonly (string | null)[] = ["office", "sign"];

export function FeedbackForm({ municipality, before }: { municipality: string; before?: Before }) {
  const path = usePathname();
  if (withoutFeedback.includes(useSelectedLayoutSegment())) return null;
  // The layout stays while pages change: what was said of one page is not said of the next.
  return (
    <Form key={path} municipality={municipality} path={path} {...(before?.path === path && { before })} />
  );
}

function Form({ municipality, path, before }: { municipality: string; path: string; before?: Before }) {
  const t = useTranslations("feedback");
  const locale = useLocale();
  const [sending, setSending] = useState(false);
  const [done, setDone] = useState(before?.done ?? false);
  const [failure, setFailure] = useState(before?.failure);
  const typed = before?.typed ?? {};

  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setSending(true);
    const outcome = await sent(event.currentTarget);
    setSending(false);
    setDone(outcome === true);
    setFailure(outcome === true ? undefined : (outcome ?? t("unknown")));
  };

  return (
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
        <div role="status">
          {done && (
            <p className="flex items-center gap-2 pt-3">
              <Icon name="check-circle" />
              {t("thanks")}
            </p>
          )}
        </div>
        {!done && (
          <form
            action={`/api/feedback/${municipality}`}
            method="post"
            onSubmit={send}
            className="group/feedback space-y-5 pt-3"
          >
            <input type="hidden" name="path" value={path} />
            <input type="hidden" name="language" value={locale} />
            <fieldset>
              <legend className="sr-only">{t("rate")}</legend>
              <div className="flex w-fit">
                {[1, 2, 3, 4, 5].map((stars) => (
                  <Star
                    key={stars}
                    stars={stars}
                    chosen={typed.stars === String(stars)}
                    label={t("stars", { stars })}
                  />
                ))}
              </div>
            </fieldset>
            <Answers
              branch="positive"
              question={t("positive.question")}
              chosen={typed.positive}
              answers={positiveAnswers.map((value) => ({ value, label: t(`positive.${value}`) }))}
            />
            <Answers
              branch="negative"
              question={t("negative.question")}
              chosen={typed.negative}
              answers={negativeAnswers.map((value) => ({ value, label: t(`negative.${value}`) }))}
            />
            <div className="hidden space-y-5 group-has-[input[name=stars]:checked]/feedback:block">
              <div className="space-y-1.5">
                <label htmlFor="feedback-text" className="block font-semibold">
                  {t("text")} <span className="font-normal text-ink-soft">({t("optional")})</span>
                </label>
                <p id="feedback-text-hint" className="text-base text-ink-soft">
                  {t("textHint", { max: MOST_TEXT })}
                </p>
                <textarea
                  id="feedback-text"
                  name="text"
                  rows={3}
                  defaultValue={typed.text}
                  aria-describedby="feedback-text-hint"
                  className={controlClass}
                  data-element="feedback-input-text"
                />
              </div>
              <Button type="submit" icon="send" aria-disabled={sending}>
                {t("send")}
              </Button>
            </div>
            <div role="alert">
              {failure && (
                <p className="flex gap-2 font-semibold text-base text-danger">
                  <Icon name="alert" />
                  {failure}
                </p>
              )}
            </div>
          </form>
        )}
      </div>
    </section>
  );
}

/** Filled up to the star that is chosen. */
function Star({ stars, chosen, label }: { stars: number; chosen: boolean; label: string }) {
  return (
    <span
      className={classNames(
        "relative text-control hover:text-primary has-[input:checked]:text-primary",
        "[&:has(~span:hover)]:text-primary [&:has(~span_input:checked)]:text-primary",
        "has-[input:checked]:[&_path]:fill-current [&:has(~span_input:checked)_path]:fill-current",
      )}
    >
      <input
        type="radio"
        id={`feedback-star-${stars}`}
        name="stars"
        value={stars}
        required
        defaultChecked={chosen}
        data-element={`feedback-rate-${stars}`}
        className="peer sr-only"
      />
      <label
        htmlFor={`feedback-star-${stars}`}
        className="inline-flex size-11 cursor-pointer items-center justify-center rounded-smooth peer-focus-visible:outline-3 peer-focus-visible:outline-focus"
      >
        <Icon name="star" size="large" />
        <span className="sr-only">{label}</span>
      </label>
    </span>
  );
}

type Answer = { value: string; label: string };

const shownFor = {
  positive:
    "group-has-[input[name=stars][value='4']:checked]/feedback:block group-has-[input[name=stars][value='5']:checked]/feedback:block",
  negative:
    "group-has-[input[name=stars][value='1']:checked]/feedback:block group-has-[input[name=stars][value='2']:checked]/feedback:block group-has-[input[name=stars][value='3']:checked]/feedback:block",
};

/** The question of one branch, shown by the stars that are chosen: by the style alone, so also before any script. */
function Answers({
  branch,
  question,
  answers,
  chosen,
}: {
  branch: "positive" | "negative";
  question: string;
  answers: readonly Answer[];
  chosen: string | undefined;
}) {
  return (
    <fieldset className={`hidden space-y-1 ${shownFor[branch]}`} data-element={`feedback-rating-${branch}`}>
      <legend className="font-semibold" data-element="feedback-rating-question">
        {question}
      </legend>
      {answers.map(({ value, label }) => (
        <label key={value} className="flex min-h-11 cursor-pointer items-center gap-3">
          <input
            type="radio"
            name={branch}
            value={value}
            defaultChecked={chosen === value}
            className="size-5 shrink-0"
          />
          <span data-element="feedback-rating-answer">{label}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** True where it was kept; otherwise the sentence that says why not, or undefined where nobody knows. */
async function sent(form: HTMLFormElement): Promise<true | string | undefined> {
  try {
    const response = await fetch(form.action, {
      method: "POST",
      headers: { accept: "application/json" },
      body: new FormData(form),
    });
    const answer: { done?: true; sentence?: string } = await response.json();
    return answer.done ?? answer.sentence;
  } catch {
    return undefined;
  }
}
