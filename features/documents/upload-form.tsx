"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { FileField } from "@/components/ui/file-field";
import { Notice } from "@/components/ui/notice";
import { type ErrorTranslator, errorSentence } from "@/lib/error-sentence";
import { acceptedEndings, MAX_FILE_BYTES, nameProblem } from "./rules";

type Upload = { state: "idle" } | { state: "sending"; percent: number } | { state: "done" } | Failed;
type Failed = { state: "failed"; sentence: string };

/**
 * Sends one file at once, with its progress. A plain form to the same address does it without JavaScript and comes
 * back with the sentence in `outcome`.
 */
export function UploadForm({
  action,
  outcome,
}: {
  /** Address of the route, with what the file is for and where to come back to. */
  action: string;
  /** What became of the file that was sent without JavaScript. */
  outcome: { ok: true } | { ok: false; sentence: string } | undefined;
}) {
  const t = useTranslations("documents.upload");
  const documents = useTranslations("documents");
  const errors = useTranslations("errors") as unknown as ErrorTranslator;
  const locale = useLocale();
  const router = useRouter();
  const id = useId();
  const [upload, setUpload] = useState<Upload>({ state: "idle" });

  const fail = (sentence: string) => setUpload({ state: "failed", sentence });
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (upload.state === "sending") return;
    const form = event.currentTarget;
    const file = new FormData(form).get("file");
    if (!(file instanceof File) || !file.name) return fail(errors("file_missing"));
    // The bytes are looked at by the server; what can be said before sending is said now.
    const problem = nameProblem(file.name, file.size);
    if (problem) return fail(errorSentence(errors, locale, problem, { limit: MAX_FILE_BYTES / 1_000_000 }));
    const body = new FormData();
    body.set("size", String(file.size));
    body.set("file", file);
    const request = new XMLHttpRequest();
    request.open("POST", action);
    request.setRequestHeader("accept", "application/json");
    request.upload.onprogress = ({ loaded, total }) =>
      setUpload({ state: "sending", percent: Math.floor((100 * loaded) / Math.max(1, total)) });
    request.onerror = () => fail(errors("file_cut"));
    request.onload = () => {
      if (request.status !== 201) return fail(sentenceIn(request.responseText) ?? errors("unavailable"));
      form.reset();
      setUpload({ state: "done" });
      router.refresh();
    };
    setUpload({ state: "sending", percent: 0 });
    request.send(body);
  };

  const failure =
    upload.state === "failed"
      ? upload.sentence
      : upload.state === "idle" && outcome && !outcome.ok
        ? outcome.sentence
        : undefined;
  const done = upload.state === "done" || (upload.state === "idle" && outcome?.ok === true);
  return (
    <form
      action={action}
      method="post"
      encType="multipart/form-data"
      onSubmit={send}
      className="max-w-form space-y-4"
    >
      <FileField
        field={{ id, name: "file", ...(failure && { errors: [failure] }) }}
        label={t("label")}
        accept={acceptedEndings}
        hint={documents("kept")}
        types={documents("types")}
        maxBytes={MAX_FILE_BYTES}
        optional
      />
      <Button type="submit" look="secondary" icon="upload" aria-disabled={upload.state === "sending"}>
        {t("send")}
      </Button>
      <div role="status" className="space-y-2">
        {upload.state === "sending" && (
          <>
            <p>{t("sending", { percent: upload.percent })}</p>
            <progress max={100} value={upload.percent} className="h-2 w-full accent-primary" />
          </>
        )}
        {done && <Notice tone="success" title={t("done")} />}
        {failure && <span className="sr-only">{failure}</span>}
      </div>
    </form>
  );
}

function sentenceIn(text: string): string | undefined {
  try {
    const { sentence } = JSON.parse(text) as { sentence?: unknown };
    return typeof sentence === "string" ? sentence : undefined;
  } catch {
    return undefined;
  }
}
