import { getTranslations } from "next-intl/server";
import { TextLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import type { Viewer } from "@/lib/permissions";
import { ownWaiting } from "./queries";

/** What is for this person to do, on the first page they see: how much, whether late, and the way there. */
export async function OwnDuties({
  municipality,
  viewer,
}: {
  municipality: { istatCode: string; slug: string };
  viewer: Viewer;
}) {
  const [t, { day, items }] = await Promise.all([
    getTranslations("mine"),
    ownWaiting(municipality.istatCode, viewer),
  ]);
  if (items.length === 0) return null;
  const late = items.filter(({ dueOn }) => dueOn !== undefined && dueOn < day).length;
  return (
    <Notice tone={late > 0 ? "warning" : "info"} title={t("duties", { count: items.length })}>
      {late > 0 && <p>{t("officeLate", { count: late })}</p>}
      <p>
        <TextLink href={{ pathname: "/[municipality]/mine", params: { municipality: municipality.slug } }}>
          {t("toDuties")}
        </TextLink>
      </p>
    </Notice>
  );
}
