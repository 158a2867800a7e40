"use client";

import { useLocale, useTranslations } from "next-intl";
import { useEffect, useId, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { controlClass } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { formatNumber } from "@/lib/format";
import type { BrowserAnswer, BrowserQuestion } from "@/verifier/browser-messages";
import { VerificationResult } from "./verification-result";

type Working = Extract<BrowserAnswer, { kind: "read" | "progress" }>;

/** The verifier in a worker of this browser: it is loaded when it is asked for, and ends with the page. */
export function VerifyHere({ round, bundle }: { round: string; bundle: string }) {
  const t = useTranslations("verifyHere");
  const id = useId();
  const [answer, setAnswer] = useState<BrowserAnswer>();
  const worker = useRef<Worker>(null);
  useEffect(() => () => worker.current?.terminate(), []);

  function run(from: string | Blob) {
    worker.current?.terminate();
    setAnswer({ kind: "read", read: 0, size: 0 });
    const started = new Worker("/api/verifier.js");
    worker.current = started;
    let shown = 0;
    started.onmessage = ({ data }: MessageEvent<BrowserAnswer>) => {
      // Chunks come by the hundred; nobody reads faster than this.
      if (data.kind === "read" && data.read < data.size && Date.now() - shown < 100) return;
      shown = Date.now();
      setAnswer(data);
    };
    started.onerror = () => setAnswer({ kind: "failed", text: "" });
    const question: BrowserQuestion = {
      round,
      bundle: typeof from === "string" ? new URL(from, location.origin).href : from,
    };
    started.postMessage(question);
  }

  const working = answer?.kind === "read" || answer?.kind === "progress" ? answer : undefined;
  return (
    <section className="space-y-5">
      <noscript>
        <Notice tone="warning" title={t("noScript")} />
      </noscript>
      <div className="space-y-5 noscript:hidden">
        <Button onClick={() => run(bundle)} icon="shield" aria-disabled={working !== undefined}>
          {t("start")}
        </Button>
        <div className="max-w-form space-y-2">
          <label htmlFor={id} className="block font-semibold">
            {t("own")}
          </label>
          <p id={`${id}-hint`} className="text-ink-soft">
            {t("ownHint")}
          </p>
          <input
            id={id}
            type="file"
            accept=".bundle"
            aria-describedby={`${id}-hint`}
            className={controlClass}
            onChange={({ target }) => target.files?.[0] && run(target.files[0])}
          />
        </div>
      </div>
      <div role="status" className="space-y-4">
        {working && <HowFar working={working} />}
        {answer?.kind === "noEvidence" && (
          <Notice tone="danger" title={t("noEvidence")}>
            <p>{t("noEvidenceText")}</p>
          </Notice>
        )}
        {answer?.kind === "failed" && (
          <Notice tone="danger" title={t("failed")}>
            <p>{t("failedText")}</p>
          </Notice>
        )}
      </div>
      {answer?.kind === "done" && <VerificationResult verification={answer.verification} />}
    </section>
  );
}

function HowFar({ working }: { working: Working }) {
  const t = useTranslations("verifyHere");
  const locale = useLocale();
  const number = (value: number) => formatNumber(value, locale);
  const megabytes = (bytes: number) => number(Math.ceil(bytes / 100_000) / 10);
  if (working.kind === "read") {
    const { read, size } = working;
    return (
      <div className="max-w-form space-y-1">
        <p>
          {size > 0
            ? t("reading", { read: megabytes(read), size: megabytes(size) })
            : t("readingUnknown", { read: megabytes(read) })}
        </p>
        {size > 0 && <progress className="w-full" value={read} max={size} aria-label={t("progress")} />}
      </div>
    );
  }
  const { progress } = working;
  if (progress.step === "blocks") return <p>{t("blocks", { done: number(progress.done) })}</p>;
  return (
    <div className="max-w-form space-y-1">
      <p>{t("envelopes", { done: number(progress.done), all: number(progress.all) })}</p>
      <progress className="w-full" value={progress.done} max={progress.all} aria-label={t("progress")} />
    </div>
  );
}
