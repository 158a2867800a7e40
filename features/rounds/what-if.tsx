"use client";

import { useTranslations } from "next-intl";
import { useId, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { controlClass } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { ballotRules, ruleChoices } from "./rule-choices";
import { RuleSentences } from "./rule-explained";

type Answer = { ok: true; gained: string[]; lost: string[] } | { ok: false; code: string };

/** Milliseconds after which a count in the browser is given up. */
const LONGEST_COUNT = 60_000;

/** Another rule on the same ballots, counted in the reader's own browser. */
export function WhatIf({
  file,
  selected,
  titles,
}: {
  file: string;
  selected: string[];
  titles: Readonly<Record<string, string>>;
}) {
  const t = useTranslations("rounds.outcome");
  const rules = useTranslations("rounds.office.fields.rules");
  const id = useId();
  const [choice, setChoice] = useState<(typeof ballotRules)[number]>("greedy");
  const [answer, setAnswer] = useState<Answer | "counting">();
  const worker = useRef<Worker>(null);
  const limit = useRef<ReturnType<typeof setTimeout>>(undefined);

  function finish(found: Answer) {
    clearTimeout(limit.current);
    setAnswer(found);
  }

  async function run() {
    setAnswer("counting");
    clearTimeout(limit.current);
    limit.current = setTimeout(() => {
      worker.current?.terminate();
      worker.current = null;
      setAnswer({ ok: false, code: "unfinished" });
    }, LONGEST_COUNT);
    try {
      const response = await fetch(file);
      if (!response.ok) throw new Error(String(response.status));
      worker.current ??= new Worker(new URL("./what-if.worker.ts", import.meta.url), { type: "module" });
      worker.current.onmessage = ({ data }: MessageEvent<Answer>) => finish(data);
      worker.current.postMessage({ pabulib: await response.text(), rule: ruleChoices[choice], selected });
    } catch {
      finish({ ok: false, code: "unavailable" });
    }
  }

  return (
    <section className="space-y-4 print:hidden">
      <h2>{t("whatIf")}</h2>
      <p className="max-w-text">{t("whatIfLead")}</p>
      <noscript>
        <p>{t("whatIfNoScript")}</p>
      </noscript>
      <div className="max-w-form space-y-3">
        <label htmlFor={id} className="block font-semibold">
          {t("whatIfRule")}
        </label>
        <select
          id={id}
          value={choice}
          onChange={(event) => setChoice(event.target.value as (typeof ballotRules)[number])}
          className={controlClass}
        >
          {ballotRules.map((name) => (
            <option key={name} value={name}>
              {rules(name)}
            </option>
          ))}
        </select>
        <RuleSentences rule={ruleChoices[choice]} />
        <Button onClick={run} icon="scale" aria-disabled={answer === "counting"}>
          {t("whatIfRun")}
        </Button>
      </div>
      <div role="status" className="space-y-2">
        {answer === "counting" && <p>{t("whatIfCounting")}</p>}
        {answer && answer !== "counting" && !answer.ok && <Notice tone="danger" title={t("whatIfFailed")} />}
        {answer && answer !== "counting" && answer.ok && (
          <>
            {answer.gained.length + answer.lost.length === 0 && <p>{t("whatIfSame")}</p>}
            <Names label={t("whatIfGained")} ids={answer.gained} titles={titles} />
            <Names label={t("whatIfLost")} ids={answer.lost} titles={titles} />
          </>
        )}
      </div>
    </section>
  );
}

function Names({
  label,
  ids,
  titles,
}: {
  label: string;
  ids: string[];
  titles: Readonly<Record<string, string>>;
}) {
  if (ids.length === 0) return null;
  return (
    <div>
      <p className="font-semibold">{label}</p>
      <ul className="list-disc pl-5">
        {ids.map((project) => (
          <li key={project}>
            {project}. {titles[project]}
          </li>
        ))}
      </ul>
    </div>
  );
}
