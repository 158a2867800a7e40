import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { PlainLink } from "@/components/ui/link";
import { formatFileSize } from "@/lib/format";
import type { AttachmentView } from "./queries";

/** Files with their sizes, each with what can be done with it. */
export function AttachmentList({
  files,
  actionOf,
}: {
  files: readonly AttachmentView[];
  actionOf?: (file: AttachmentView) => ReactNode;
}) {
  const t = useTranslations("documents.upload");
  const locale = useLocale();
  if (files.length === 0) return <p className="text-ink-soft">{t("none")}</p>;
  return (
    <ul className="max-w-form divide-y divide-line border-line border-y">
      {files.map((file) => (
        <li key={file.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2">
          <span className="min-w-0 break-words">
            <PlainLink href={file.href} icon="paperclip">
              <bdi>{file.name}</bdi>
            </PlainLink>{" "}
            <span className="text-base text-ink-soft">({formatFileSize(file.size, locale)})</span>
          </span>
          {actionOf?.(file)}
        </li>
      ))}
    </ul>
  );
}
