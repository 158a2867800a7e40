import { useTranslations } from "next-intl";
import { controlClass } from "@/components/ui/field";
import type { BallotRules } from "@/protocol/records/rounds";

/** A project's place on a ranking, or its points: one list to pick from, which needs no script and cannot be mistyped. */
export function MarkSelect({
  id,
  name,
  number,
  label,
  ballot,
  projects,
  marks,
}: {
  id: string;
  name: string;
  number: number;
  label: string;
  ballot: BallotRules;
  /** How many are on the ballot. */
  projects: number;
  /** As posted, of all projects. */
  marks: readonly string[];
}) {
  const t = useTranslations("ballotPaper");
  const isRanking = ballot.type === "ranking";
  const highest = isRanking ? Math.min(ballot.most, projects) : (ballot.points?.each ?? 0);
  return (
    <div className="space-y-1.5">
      <label htmlFor={id} className="block font-semibold text-lg">
        {label}
      </label>
      <select
        id={id}
        name={name}
        defaultValue={marks.find((mark) => mark.startsWith(`${number}:`)) ?? ""}
        aria-describedby={`${id}-about`}
        className={controlClass}
      >
        <option value="">{t(isRanking ? "noPlace" : "noPoints")}</option>
        {Array.from({ length: highest }, (_, index) => index + 1).map((mark) => (
          <option key={mark} value={`${number}:${mark}`}>
            {isRanking ? t("place", { place: mark }) : t("points", { points: mark })}
          </option>
        ))}
      </select>
    </div>
  );
}
