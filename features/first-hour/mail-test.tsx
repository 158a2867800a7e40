import { useLocale, useTranslations } from "next-intl";
import { ActionButton } from "@/components/ui/action-button";
import { InstantText } from "@/components/ui/date-text";
import { PlainLink, TextLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import type { MailMode } from "@/features/notifications/mail-mode-rules";
import type { lastTestMail, TestMail } from "@/features/notifications/test-mail-queries";
import { testMail } from "./actions";

/** Tries whether mail arrives, and says what the mail server answered. */
export function MailTest({
  municipality,
  mode,
  address,
  last,
}: {
  /** Slug. */
  municipality: string;
  mode: MailMode;
} & Awaited<ReturnType<typeof lastTestMail>>) {
  const t = useTranslations("firstHour.mailTest");
  const params = { municipality };
  const canSend = mode === "mailbox" || (mode === "smtp" && address === "confirmed");
  return (
    <section aria-labelledby="mail-test" className="max-w-form space-y-4">
      <h2 id="mail-test">{t("title")}</h2>
      <p id="mail-test-text">{t(`modes.${mode}`)}</p>
      {mode === "smtp" && !canSend && (
        <p>
          {t(`addresses.${address as "none"}`)}{" "}
          <TextLink href={{ pathname: "/[municipality]/mine/notifications/settings", params }}>
            {t("toAddress")}
          </TextLink>
        </p>
      )}
      {canSend && (
        <ActionButton
          action={testMail}
          fields={{ command: crypto.randomUUID() }}
          icon="send"
          describedBy="mail-test-text"
        >
          {t("send")}
        </ActionButton>
      )}
      {last && <Outcome {...{ municipality, mode, last }} />}
    </section>
  );
}

function Outcome({ municipality, mode, last }: { municipality: string; mode: MailMode; last: TestMail }) {
  const t = useTranslations("firstHour.mailTest");
  const locale = useLocale();
  const { state, askedAt, answer } = last;
  const outcome = answer?.code === "later" && state === "queued" ? "later" : state;
  return (
    <Notice
      tone={state === "sent" ? "success" : state === "queued" ? "info" : "danger"}
      title={t(`states.${mode === "mailbox" && state === "sent" ? "kept" : outcome}`)}
    >
      <p>
        {t("asked")} <InstantText value={askedAt} />.
      </p>
      {answer && <p>{t(`answers.${answer.code}`)}</p>}
      {answer && answer.text !== "" && (
        <p>
          {t("said")} <code lang={locale === "en" ? undefined : "en"}>{answer.text}</code>
        </p>
      )}
      {state === "queued" && (
        <p>
          <PlainLink href="?">{t("look")}</PlainLink>
        </p>
      )}
      {mode === "mailbox" && state === "sent" && (
        <p>
          <TextLink
            href={{
              pathname: "/[municipality]/mine/mailbox/[mail]",
              params: { municipality, mail: last.id },
            }}
          >
            {t("toMailbox")}
          </TextLink>
        </p>
      )}
    </Notice>
  );
}
