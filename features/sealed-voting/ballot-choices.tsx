"use client";

import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { ChoiceCard, TickedControl } from "@/components/ui/choice-card";
import { controlClass } from "@/components/ui/field";
import { TextLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { formatMoney } from "@/lib/format";
import type { Href } from "@/lib/language/navigation";
import type { BallotContent } from "@/voting/ballots/content";
import { contentProblem, type FormLimits } from "./content";
import { contentOf, type Marks, marksOf } from "./marks";
import { ProblemText } from "./problem-text";

export interface ProjectLine {
  readonly number: number;
  readonly proposal: string;
  readonly title: string;
  readonly costCents: number;
  /** As the server draws them. */
  readonly picture: ReactNode;
  readonly about: ReactNode;
  readonly read: Href;
}

/** The paper. What is marked stays in this tab; nothing of it is sent. */
export function BallotChoices({
  lines,
  limits,
  content,
  onMarked,
  onDone,
}: {
  lines: readonly ProjectLine[];
  limits: FormLimits;
  content: BallotContent | null;
  /** After each mark, so that reading about a project loses none. */
  onMarked: (content: BallotContent) => void;
  onDone: (content: BallotContent) => void;
}) {
  const t = useTranslations("sealedVoting");
  const paper = useTranslations("ballotPaper");
  const id = useId();
  const [marks, setMarks] = useState<Marks>(() => marksOf(content));
  const [isJudged, setJudged] = useState(false);
  const summary = useRef<HTMLDivElement>(null);
  const made = contentOf(limits.type, marks);
  const problem = made ? contentProblem(limits, lines, made) : { code: "same-place", details: {} };

  function mark(number: number, text: string) {
    const next = limits.type === "choice" ? { [number]: text } : { ...marks, [number]: text };
    setMarks(next);
    const now = contentOf(limits.type, next);
    if (now) onMarked(now);
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    setJudged(true);
    if (made && !problem) onDone(made);
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: focus goes there when the paper is handed in, not at each mark
  useEffect(() => {
    if (isJudged && problem) summary.current?.focus();
  }, [isJudged]);

  return (
    <form onSubmit={submit} noValidate className="space-y-6">
      {isJudged && problem && (
        <div ref={summary} tabIndex={-1}>
          <Notice tone="danger" live="alert">
            <ProblemText problem={problem} />
          </Notice>
        </div>
      )}
      <fieldset>
        <legend className="font-semibold">{paper("group")}</legend>
        <p className="text-base text-ink-soft">{t(`kinds.${limits.type}`)}</p>
        <ul className="grid gap-4 pt-2 sm:grid-cols-2">
          {lines.map((line) => (
            <ChoiceCard
              key={line.number}
              picture={line.picture}
              control={
                <MarkControl
                  id={`${id}-${line.number}`}
                  line={line}
                  limits={limits}
                  projects={lines.length}
                  value={marks[line.number] ?? ""}
                  onChange={(text) => mark(line.number, text)}
                />
              }
              about={
                <div id={`${id}-${line.number}-about`} className="grow space-y-2 text-base">
                  {line.about}
                </div>
              }
            >
              <TextLink href={line.read} className="inline-flex min-h-11 items-center self-start text-base">
                {paper("read")}
                <span className="sr-only">: {line.title}</span>
              </TextLink>
            </ChoiceCard>
          ))}
        </ul>
      </fieldset>
      <Tally lines={lines} limits={limits} content={made} />
      <Button type="submit" icon="ballot">
        {paper("review")}
      </Button>
    </form>
  );
}

function MarkControl({
  id,
  line: { number, title },
  limits,
  projects,
  value,
  onChange,
}: {
  id: string;
  line: ProjectLine;
  limits: FormLimits;
  projects: number;
  value: string;
  onChange: (text: string) => void;
}) {
  const t = useTranslations("sealedVoting");
  const label = `${number}. ${title}`;
  if (limits.type === "ranking") {
    const places = Array.from({ length: Math.min(limits.most, projects) }, (_, index) => index + 1);
    return (
      <div className="space-y-1.5">
        <label htmlFor={id} className="block font-semibold text-lg">
          {label}
        </label>
        <select
          id={id}
          value={value}
          aria-describedby={`${id}-about`}
          onChange={(event) => onChange(event.target.value)}
          className={controlClass}
        >
          <option value="">{t("noPlace")}</option>
          {places.map((place) => (
            <option key={place} value={place}>
              {t("place", { place })}
            </option>
          ))}
        </select>
      </div>
    );
  }
  if (limits.type === "points") {
    return (
      <div className="space-y-1.5">
        <label htmlFor={id} className="block font-semibold text-lg">
          {label}
        </label>
        <div className="flex items-center gap-2">
          <input
            id={id}
            type="text"
            inputMode="numeric"
            autoComplete="off"
            value={value}
            aria-describedby={`${id}-about`}
            onChange={(event) => onChange(event.target.value)}
            className={`${controlClass} max-w-28 text-right tabular-nums`}
          />
          <span>{t("points")}</span>
        </div>
      </div>
    );
  }
  return (
    <TickedControl
      type={limits.type === "choice" ? "radio" : "checkbox"}
      id={id}
      name="choices"
      value={number}
      checked={value !== ""}
      onChange={(ticked) => onChange(ticked ? "x" : "")}
      label={label}
    />
  );
}

/** How many are chosen and what they cost together, said while choosing. */
function Tally({
  lines,
  limits,
  content,
}: {
  lines: readonly ProjectLine[];
  limits: FormLimits;
  content: BallotContent | null;
}) {
  const t = useTranslations("ballotPaper");
  const own = useTranslations("sealedVoting");
  const locale = useLocale();
  const count = content?.choices.length ?? 0;
  const cents = lines
    .filter(({ number }) => content?.choices.includes(String(number)))
    .reduce((sum, { costCents }) => sum + costCents, 0);
  const given = content?.type === "points" ? content.points.reduce((sum, one) => sum + Number(one), 0) : 0;
  return (
    <p
      role="status"
      className="sticky bottom-0 border-primary border-t-2 bg-surface py-3 font-semibold tabular-nums print:hidden"
    >
      {content ? t("chosen", { count, most: limits.most }) : own("problems.same-place")}{" "}
      {limits.type === "points" && (
        <span className="inline-block">{own("pointsGiven", { points: given || 0 })}</span>
      )}{" "}
      <span className="inline-block font-normal">
        {t("cost", { cost: formatMoney(cents, locale), budget: formatMoney(limits.budgetCents, locale) })}
      </span>
    </p>
  );
}
