import { useLocale, useTranslations } from "next-intl";
import { ActionButton } from "@/components/ui/action-button";
import { DateText } from "@/components/ui/date-text";
import { Italian } from "@/components/ui/italian";
import { State } from "@/components/ui/state";
import { pathOf } from "@/lib/language/path";
import { markRead } from "./actions";
import { nameOf, pageOf, sentenceOf } from "./line-words";
import type { NotificationView } from "./queries";

/** Notifications, each with what it is about, its sentence and the way there; what was not read says so. */
export function NotificationList({
  municipality,
  items,
}: {
  municipality: string;
  items: readonly NotificationView[];
}) {
  const t = useTranslations("notifications");
  const thread = useTranslations("thread");
  const steps = useTranslations("workflow.steps");
  const locale = useLocale();
  return (
    <ol className="max-w-form divide-y divide-line border-line border-y">
      {items.map((item) => {
        const { page, params } = pageOf(municipality, item);
        const name = nameOf(item);
        const sentence = sentenceOf({ t, thread, steps }, locale, item);
        const id = `told-${item.event.replace(/[^\w-]/g, "-")}`;
        return (
          <li key={item.event} className="space-y-2 py-4">
            <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-base text-ink-soft">
              {!item.isRead && <State icon="bell">{t("isNew")}</State>}
              <span>{t(`kind.${item.kind}`)}</span>
              <DateText value={item.day} />
            </p>
            <p id={id} className={item.isRead ? "wrap-anywhere" : "wrap-anywhere font-semibold"}>
              <a href={pathOf(locale, page, params)} className="text-link underline underline-offset-4">
                {name ? <Italian>{name}</Italian> : sentence}
              </a>
              {name && <>: {sentence}</>}
            </p>
            {!item.isRead && (
              <ActionButton action={markRead} fields={{ event: item.event }} icon="check" describedBy={id}>
                {t("markRead")}
              </ActionButton>
            )}
          </li>
        );
      })}
    </ol>
  );
}
