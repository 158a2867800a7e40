import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { controlClass } from "@/components/ui/field";
import { Icon } from "@/components/ui/icon";
import { MOST_TEXT, negativeAnswers, positiveAnswers } from "./rules";

/** What the form asks: stars, the question that follows them, and a text. */
export function FeedbackFields({ typed = {} }: { typed?: Readonly<Record<string, string>> }) {
  const t = useTranslations("feedback");
  return (
    <>
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
        <Button type="submit" icon="send">
          {t("send")}
        </Button>
      </div>
    </>
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
