import { randomUUID } from "node:crypto";
import { useTranslations } from "next-intl";
import { FieldsForm } from "@/components/ui/fields-form";
import { appealHiding, decideAppeal, hideComment, keepComment, reportComment } from "./moderation-actions";
import { grounds, reportReasons } from "./rules";

export function ReportForm({ comment }: { comment: string }) {
  const t = useTranslations("comments");
  return (
    <FieldsForm
      id={`report-${comment}`}
      action={reportComment}
      hidden={{ comment, command: randomUUID() }}
      fields={[
        {
          ...{ kind: "radio", name: "reason", label: t("report.reason") },
          options: reportReasons.map((value) => ({ value, label: t(`grounds.${value}`) })),
        },
        {
          ...{ kind: "area", rows: 4, name: "text", label: t("report.words") },
          ...{ hint: t("report.wordsHint"), optional: true },
        },
      ]}
      submitLabel={t("report.submit")}
    />
  );
}

/** Hiding a comment: what the form asks is what its author reads. */
export function HideForm({ comment, revision }: { comment: string; revision: number }) {
  const t = useTranslations("comments");
  return (
    <FieldsForm
      id={`hide-${comment}`}
      action={hideComment}
      hidden={{ comment, revision: String(revision), command: randomUUID() }}
      fields={[
        {
          ...{ kind: "radio", name: "ground", label: t("hide.ground") },
          options: grounds.map((value) => ({ value, label: t(`grounds.${value}`) })),
        },
        { kind: "text", name: "norm", label: t("hide.norm"), hint: t("hide.normHint"), optional: true },
        { kind: "area", rows: 4, name: "facts", label: t("hide.facts"), hint: t("hide.factsHint") },
        { kind: "area", rows: 4, name: "reasons", label: t("hide.reasons"), hint: t("hide.reasonsHint") },
      ]}
      submitLabel={t("hide.submit")}
    />
  );
}

export function KeepForm({ inCase }: { inCase: string }) {
  const t = useTranslations("comments.keep");
  return (
    <FieldsForm
      id={`keep-${inCase}`}
      action={keepComment}
      hidden={{ inCase, command: randomUUID() }}
      fields={[{ kind: "area", rows: 4, name: "reasons", label: t("reasons"), hint: t("reasonsHint") }]}
      submitLabel={t("submit")}
      look="secondary"
    />
  );
}

export function AppealForm({ comment }: { comment: string }) {
  const t = useTranslations("comments.appeal");
  return (
    <FieldsForm
      id={`appeal-${comment}`}
      action={appealHiding}
      hidden={{ comment, command: randomUUID() }}
      fields={[{ kind: "area", rows: 5, name: "text", label: t("text"), hint: t("textHint") }]}
      submitLabel={t("submit")}
    />
  );
}

export function DecideAppealForm({ appeal }: { appeal: string }) {
  const t = useTranslations("comments.decideAppeal");
  return (
    <FieldsForm
      id={`decide-${appeal}`}
      action={decideAppeal}
      hidden={{ appeal }}
      fields={[
        {
          ...{ kind: "radio", name: "outcome", label: t("outcome") },
          options: (["reverse", "confirm"] as const).map((value) => ({ value, label: t(value) })),
        },
        { kind: "area", rows: 4, name: "reasons", label: t("reasons"), hint: t("reasonsHint") },
      ]}
      submitLabel={t("submit")}
    />
  );
}
