import { useTranslations } from "next-intl";
import type { BallotRules } from "@/protocol/records/rounds";
import type { Given } from "./rules";

/** The place or the points of one choice; nothing where it is only chosen. */
export function GivenMark({ ballot, given, index }: { ballot: BallotRules; given: Given; index: number }) {
  const t = useTranslations("ballotPaper");
  if (ballot.type === "ranking") return <span className="block">{t("place", { place: index + 1 })}</span>;
  if (ballot.type !== "points") return null;
  return <span className="block">{t("points", { points: given.points?.[index] ?? 0 })}</span>;
}
