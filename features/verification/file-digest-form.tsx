"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type DragEvent, type FormEvent, useEffect, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { controlClass, Field } from "@/components/ui/field";
import { digestLimitMegabytes } from "./rules";

/**
 * Computes a file's digest in the browser and looks for it. Where there is no script, or no WebCrypto, the form posts
 * the file to a route that hashes it and keeps nothing.
 */
export function FileDigestForm({
  action,
  resultPath,
  failure,
}: {
  /** The route for browsers without scripts. */
  action: string;
  /** The page that shows what was found; the digest is added to it. */
  resultPath: string;
  /** What was wrong with the file that was sent without a script. */
  failure: string | undefined;
}) {
  const t = useTranslations("verify.file");
  const router = useRouter();
  const id = useId();
  const [scripted, setScripted] = useState(false);
  const [working, setWorking] = useState(false);
  const [problem, setProblem] = useState<string>();
  useEffect(() => setScripted(typeof crypto.subtle !== "undefined"), []);

  const look = async (file: File) => {
    if (file.size > digestLimitMegabytes * 1_000_000) {
      setProblem(t("tooLarge", { limit: digestLimitMegabytes }));
      return;
    }
    setProblem(undefined);
    setWorking(true);
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
    const hex = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    setWorking(false);
    router.push(`${resultPath}?cerca=${hex}`);
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    const file = new FormData(event.currentTarget).get("file");
    if (!scripted || !(file instanceof File) || !file.name) return;
    event.preventDefault();
    void look(file);
  };
  const drop = (event: DragEvent) => {
    const [file] = event.dataTransfer.files;
    if (!scripted || !file) return;
    event.preventDefault();
    void look(file);
  };
  const wrong = problem ?? failure;
  const hint = scripted ? `${t("hint")} ${t("drop")}` : t("hintNoScript");
  return (
    <form
      action={action}
      method="post"
      encType="multipart/form-data"
      onSubmit={submit}
      onDrop={drop}
      onDragOver={(event) => scripted && event.preventDefault()}
      className="max-w-form space-y-4"
    >
      <Field field={{ id, name: "file", ...(wrong && { errors: [wrong] }) }} label={t("label")} hint={hint}>
        <input
          type="file"
          id={id}
          name="file"
          required
          aria-describedby={`${id}-hint${wrong ? ` ${id}-error` : ""}`}
          className={controlClass}
        />
      </Field>
      <Button type="submit" look="secondary" icon="search" aria-disabled={working}>
        {t("button")}
      </Button>
      <p role="status">{working && t("working")}</p>
    </form>
  );
}
