"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { FileField } from "@/components/ui/file-field";
import { Notice } from "@/components/ui/notice";
import { MOST_MAP_BYTES } from "./rules";

/** A plain form, with or without scripts: the browser itself shows how far a large file has come. */
export function MapFileForm({ action, failure }: { action: string; failure: string | undefined }) {
  const t = useTranslations("map");
  const id = useId();
  const [sending, setSending] = useState(false);
  return (
    <form
      id="map-file"
      action={action}
      method="post"
      encType="multipart/form-data"
      onSubmit={(event) => {
        if (sending || event.currentTarget.querySelector("[data-too-large]")) event.preventDefault();
        else setSending(true);
      }}
      className="max-w-form space-y-4"
    >
      <FileField
        field={{ id, name: "file", ...(failure && !sending && { errors: [failure] }) }}
        label={t("file")}
        hint={t("fileHint")}
        accept=".zip,.geojson,.json,.pmtiles,application/zip,application/geo+json"
        types={t("types")}
        maxBytes={MOST_MAP_BYTES}
      />
      <Button type="submit" icon="upload" aria-disabled={sending}>
        {t("read")}
      </Button>
      <div role="status">
        {sending && <Notice tone="info" title={t("sending")} />}
        {failure && !sending && <span className="sr-only">{failure}</span>}
      </div>
    </form>
  );
}
