import { Italian } from "@/components/ui/italian";
import { TextLink } from "@/components/ui/link";
import type { CommonsCard } from "./queries";
import { StageState } from "./stage";

/** Commons that somebody follows: where each stands, a line for each. */
export function FollowedCommons({
  municipality,
  commons,
}: {
  municipality: string;
  commons: readonly CommonsCard[];
}) {
  return (
    <ul className="max-w-form divide-y divide-line border-line border-y">
      {commons.map(({ id, slug, name, stage }) => (
        <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-3">
          <TextLink
            href={{
              pathname: "/[municipality]/commons/[commons]",
              params: { municipality, commons: slug },
            }}
          >
            <Italian>{name}</Italian>
          </TextLink>
          <StageState stage={stage} />
        </li>
      ))}
    </ul>
  );
}
