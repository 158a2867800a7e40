import { useTranslations } from "next-intl";
import { Disclosure } from "@/components/ui/disclosure";
import type { ProjectExplanation } from "@/voting/allocation/explain";
import type { Margin } from "@/voting/allocation/margins";
import { Sentences } from "./explanations";

/** What came out for one project, in one sentence, with the numbers behind it folded away. */
export function ProjectOutcome({
  explanation,
  margin,
  voters,
  titles,
}: {
  explanation: ProjectExplanation;
  margin: Margin | undefined;
  /** Ballots that count. */
  voters: number;
  titles: ReadonlyMap<string, string>;
}) {
  const t = useTranslations("rounds.outcome.margin");
  const { funded, reason, supporters, sentences } = explanation;
  const headline = () => {
    if (margin?.kind === "safe") return t("safe");
    if (margin) return t(margin.kind, { votes: margin.votes });
    if (reason === "over-budget") return t("overBudget");
    return t(funded ? "selected" : "notSelected", { supporters, voters });
  };
  return (
    <>
      <p>{headline()}</p>
      <Disclosure label={t("numbers")} quiet>
        <div className="space-y-1">
          <Sentences sentences={sentences} titles={titles} />
        </div>
      </Disclosure>
    </>
  );
}
