import { previewStep } from "@/features/proposals/rules";
import { getPathname, type Href } from "@/lib/language/navigation";
import type { Locale } from "@/lib/language/routing";
import type { WaitingPlace } from "./rules";

/** The address at which a step is taken; it carries the queue that the person came from. */
export function waitingHref(
  locale: Locale,
  municipality: string,
  place: WaitingPlace,
  queue?: string,
): string {
  const query = queue ? `?${new URLSearchParams({ coda: queue })}` : "";
  return `${getPathname({ locale, href: hrefOf(municipality, place) })}${query}${anchorOf(place)}`;
}

/** Where on the page the step is taken. */
function anchorOf(place: WaitingPlace): string {
  if (place.page === "round" && place.at) return `#${place.at}`;
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
    case "moderation":
      return {
        pathname: "/[municipality]/office/moderation/[case]",
        params: { municipality, case: place.id },
      };
    case "comment":
      return { pathname: "/[municipality]/comments/[comment]", params: { municipality, comment: place.id } };
    case "signatures":
      return { pathname: "/[municipality]/office/signatures", params: { municipality } };
    case "coDesign":
      return {
        pathname: "/[municipality]/office/co-design/[proposal]",
        params: { municipality, proposal: place.id },
      };
    case "pact":
      return { pathname: "/[municipality]/pacts/[pact]", params: { municipality, pact: place.slug } };
  }
}
