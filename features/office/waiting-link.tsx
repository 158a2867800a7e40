import NextLink from "next/link";
import { useLocale } from "next-intl";
import { textLinkClass } from "@/components/ui/link";
import type { Waiting } from "./rules";
import { waitingHref } from "./waiting-place";

/** What waits, leading to where its step is taken. */
export function WaitingLink({
  municipality,
  item: { title, place },
}: {
  municipality: string;
  item: Pick<Waiting, "title" | "place">;
}) {
  return (
    <NextLink
      prefetch={false}
      href={waitingHref(useLocale(), municipality, place)}
      className={`${textLinkClass} wrap-anywhere font-semibold`}
    >
      {title}
    </NextLink>
  );
}
