import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/ui/empty-state";
import { Italian } from "@/components/ui/italian";
import { TextLink } from "@/components/ui/link";
import { FollowButton } from "./follow-button";
import type { subscriptionsOf } from "./queries";

/** Everything a person follows, each with the way to stop. */
export function FollowedList({
  municipality,
  followed,
}: {
  municipality: string;
  followed: Awaited<ReturnType<typeof subscriptionsOf>>;
}) {
  const t = useTranslations("notifications");
  if (followed.length === 0)
    return (
      <EmptyState
        icon="bell"
        title={t("noFollowed")}
        action={
          <TextLink href={{ pathname: "/[municipality]/commons", params: { municipality } }}>
            {t("seeCommons")}
          </TextLink>
        }
      />
    );
  return (
    <ul className="max-w-form divide-y divide-line border-line border-y">
      {followed.map(({ kind, subject, place }) => {
        const id = `followed-${kind}-${subject}`;
        return (
          <li key={id} className="flex flex-wrap items-center justify-between gap-3 py-3">
            <span id={id} className="wrap-anywhere">
              {kind === "municipality" && t("everything")}
              {kind === "newsletter" && t("newsletter")}
              {kind === "district" && t("district", { number: Number(subject) })}
              {place && <Italian>{place.name}</Italian>}
            </span>
            <FollowButton {...{ kind, subject }} followed signedIn describedBy={id} />
          </li>
        );
      })}
    </ul>
  );
}
