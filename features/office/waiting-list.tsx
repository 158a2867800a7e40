import NextLink from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { DaysLeft } from "@/components/ui/days-left";
import { Icon } from "@/components/ui/icon";
import { textLinkClass } from "@/components/ui/link";
import { previewStep } from "@/features/proposals/rules";
import { stepIcon, stepName } from "@/features/workflow/rules";
import { getPathname, type Href } from "@/lib/language/navigation";
import { datePhrases } from "@/lib/phrases";
import type { Waiting, WaitingPlace } from "./rules";

/** One line for each step: what it is, what it is about, since when, and how late where there is a term. */
export function WaitingList({
  municipality,
  items,
  day,
}: {
  municipality: string;
  items: readonly Waiting[];
  day: string;
}) {
  const t = useTranslations("office");
  const names = useTranslations("workflow.steps");
  const locale = useLocale();
  return (
    <ol className="max-w-form divide-y divide-line border-line border-y">
      {items.map(({ transaction, id, title, since, dueOn, place }) => (
        <li key={`${transaction} ${id}`} className="space-y-1 py-3">
          <p className="flex items-start gap-2 text-base text-ink-soft">
            <span className="pt-0.5">
              <Icon name={stepIcon(transaction)} size="small" />
            </span>
            {stepName(names, transaction)}
          </p>
          <p>
            <NextLink
              prefetch={false}
              href={`${getPathname({ locale, href: hrefOf(municipality, place) })}${anchorOf(place)}`}
              className={`${textLinkClass} wrap-anywhere font-semibold`}
            >
              {title}
            </NextLink>
          </p>
          <p className="flex flex-wrap gap-x-4 text-base">
            {since && <span>{t("since", datePhrases("date", since, locale))}</span>}
            {dueOn && <DaysLeft until={dueOn} day={day} />}
          </p>
        </li>
      ))}
    </ol>
  );
}

/** Where on the page the step is taken. */
function anchorOf(place: WaitingPlace): string {
  return place.page === "pact" && place.milestone ? `#milestone-${place.milestone}` : "";
}

function hrefOf(municipality: string, place: WaitingPlace): Href {
  switch (place.page) {
    case "proposal":
      return {
        pathname: "/[municipality]/office/proposals/[proposal]",
        params: { municipality, proposal: place.id },
      };
    case "draft":
      return {
        pathname: "/[municipality]/propose/[draft]/[step]",
        params: { municipality, draft: place.id, step: previewStep },
      };
    case "round":
      return { pathname: "/[municipality]/office/rounds/[round]", params: { municipality, round: place.id } };
    case "newRound":
      return {
        pathname: "/[municipality]/office/rounds/new/[call]",
        params: { municipality, call: place.call },
      };
    case "settings":
      return { pathname: "/[municipality]/office/settings", params: { municipality } };
    case "register":
      return { pathname: "/[municipality]/office/register", params: { municipality } };
    case "coDesign":
      return {
        pathname: "/[municipality]/office/co-design/[proposal]",
        params: { municipality, proposal: place.id },
      };
    case "pact":
      return { pathname: "/[municipality]/pacts/[pact]", params: { municipality, pact: place.slug } };
  }
}
