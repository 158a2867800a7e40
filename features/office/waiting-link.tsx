import NextLink from "next/link";
import { useLocale } from "next-intl";
import { Italian } from "@/components/ui/italian";
import { textLinkClass } from "@/components/ui/link";
import type { Waiting } from "./rules";
import { waitingHref } from "./waiting-place";

/** What waits, leading to where its step is taken. */
export function WaitingLink({
  municipality,
  item: { title, place },
  queue,
}: {
  municipality: string;
  item: Pick<Waiting, "title" | "place">;
  /** The queue that the next one is then looked for in, as its address has it. */
  queue?: string;
}) {
  return (
    <NextLink
      prefetch={false}
      href={waitingHref(useLocale(), municipality, place, queue)}
      className={`${textLinkClass} wrap-anywhere font-semibold`}
    >
      <Italian>{title}</Italian>
    </NextLink>
  );
}
