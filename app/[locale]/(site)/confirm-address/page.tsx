import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { LinkPage } from "@/features/notifications/link-page";
import { openLink } from "@/features/notifications/mail-token";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("notifications.mailPages");
  return { title: t("confirmTitle"), robots: { index: false } };
}

/** Where the mailed link leads by which an address is confirmed. */
export default async function ConfirmAddressPage({ searchParams }: PageProps<"/[locale]/confirm-address">) {
  const { link, done } = await searchParams;
  const t = await getTranslations("notifications.mailPages");
  const token = typeof link === "string" ? link : "";
  const opened = openLink(token);
  const address = opened?.do === "confirm" ? opened.address : undefined;
  return (
    <LinkPage
      title={t("confirmTitle")}
      action={`/api/mail/confirm?${new URLSearchParams({ link: token })}`}
      button={t("confirmButton")}
      done={done === "1" ? t("confirmDone") : undefined}
      gone={
        address === undefined || done === "0" ? { title: t("linkGone"), text: t("linkGoneText") } : undefined
      }
    >
      <p className="wrap-anywhere font-semibold">{address}</p>
      <p>{t("confirmText")}</p>
    </LinkPage>
  );
}
