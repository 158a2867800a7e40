import { useTranslations } from "next-intl";
import { FieldsForm, type FormField } from "@/components/ui/fields-form";
import { mergeProposals, separateProposal } from "./actions";
import { FoldedStep } from "./folded-step";
import type { OfficeProposal } from "./office-queries";

/** Makes one of two proposals that ask for the same, and two of them again while nothing was decided. */
export function MergeSteps({
  proposal: { title, others, separable },
  act,
  hidden,
  may,
}: {
  proposal: Pick<OfficeProposal, "title" | "others" | "separable">;
  act: readonly FormField[];
  hidden: Record<"merge" | "separate", Record<string, string>>;
  may: Record<"merge" | "separate", boolean>;
}) {
  const t = useTranslations("assessment");
  return (
    <>
      {may.merge && others.length > 0 && (
        <FoldedStep title={t("merge.title")} icon="link" text={t("merge.text")}>
          <FieldsForm
            id="merge"
            action={mergeProposals}
            hidden={hidden.merge}
            fields={[
              {
                kind: "select",
                name: "into",
                label: t("merge.into"),
                options: others.map(({ id, title: other }) => ({ value: id, label: other })),
                empty: t("merge.choose"),
              },
              ...act,
            ]}
            confirm={{ what: "mergeProposals", facts: [{ name: "about", value: title }] }}
            submitLabel={t("merge.button")}
            submitIcon="link"
            look="secondary"
          />
        </FoldedStep>
      )}
      {may.separate && separable && (
        <FoldedStep title={t("separate.title")} icon="arrow-up-down" text={t("separate.text")}>
          <FieldsForm
            id="separate"
            action={separateProposal}
            hidden={hidden.separate}
            fields={act}
            submitLabel={t("separate.button")}
            submitIcon="arrow-up-down"
            look="secondary"
          />
        </FoldedStep>
      )}
    </>
  );
}
