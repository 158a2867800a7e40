import { useTranslations } from "next-intl";
import { TextLink } from "@/components/ui/link";
import type { Viewer } from "@/lib/permissions";
import { Discussion } from "./discussion";
import type { Discussion as Page } from "./queries";
import { rightsOf } from "./rights-rules";
import type { About } from "./rules";

/** The first threads beside what they are about, and the way to all of them. */
export function Talk({
  municipality: { slug, istatCode },
  about,
  discussion,
  viewer,
}: {
  municipality: { slug: string; istatCode: string };
  about: About;
  discussion: Page;
  viewer: Viewer | undefined;
}) {
  const t = useTranslations("comments");
  return (
    <div className="space-y-6">
      <Discussion
        municipality={slug}
        about={about}
        discussion={discussion}
        rights={rightsOf(viewer, istatCode)}
      />
      {discussion.count > 0 && (
        <p>
          <TextLink
            href={{
              pathname: "/[municipality]/comments/on/[type]/[subject]",
              params: { municipality: slug, type: about.type, subject: about.id },
            }}
          >
            {t("toAll", { count: discussion.count })}
          </TextLink>
        </p>
      )}
    </div>
  );
}
