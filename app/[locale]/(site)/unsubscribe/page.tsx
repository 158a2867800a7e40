import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { LinkPage } from "@/features/notifications/link-page";
import { openLink } from "@/features/notifications/mail-token";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("notifications.mailPages");
  return { title: t("unsubscribeTitle"), robots: { index: false } };
}

/** Where the link of a mail leads by which its person gets no more of them; the button does it, opening does nothing. */
export default async function UnsubscribePage({ searchParams }: PageProps<"/[locale]/unsubscribe">) {
  const { link, done } = await searchParams;
  const [t, names] = [
    await getTranslations("notifications.mailPages"),
    await getTranslations("notifications.kind"),
  ];
  const token = typeof link === "string" ? link : "";
  const opened = openLink(token);
  const isNewsletter = opened?.do === "leaveNewsletter";
  const kinds = opened?.do === "unsubscribe" ? opened.kinds.map((kind) => names(kind)) : [];
  const all = isNewsletter ? [t("newsletter")] : kinds;
  return (
    <LinkPage
      title={t("unsubscribeTitle")}
      action={`/api/mail/unsubscribe?${new URLSearchParams({ link: token })}`}
      button={t("unsubscribeButton")}
      done={done === "1" ? t(isNewsletter ? "newsletterLeft" : "unsubscribeDone") : undefined}
      gone={all.length === 0 ? { title: t("linkGone"), text: t("linkGoneText") } : undefined}
    >
      <p>{t("unsubscribeText")}</p>
      <ul className="list-disc space-y-1 pl-6">
        {all.map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ul>
    </LinkPage>
  );
}
