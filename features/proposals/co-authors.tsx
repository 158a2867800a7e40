import { getLocale, getTranslations } from "next-intl/server";
import { ActionButton } from "@/components/ui/action-button";
import { InstantText } from "@/components/ui/date-text";
import { Disclosure } from "@/components/ui/disclosure";
import { Identifier } from "@/components/ui/identifier";
import { PlainLink } from "@/components/ui/link";
import { addressOf } from "@/lib/language/address";
import { inviteCoAuthor, leaveProposal, removeCoAuthor, takeBackInvitation } from "./co-author-actions";
import type { CoAuthorsView } from "./co-author-queries";
import { grouped } from "./pass-on-code";

type Where = { municipality: string; draft: string };

/** With whom a proposal is written: for its proponent who is invited, for a co-author the way out. */
export async function CoAuthors({
  municipality,
  draft,
  title,
  view,
}: Where & { title: string; view: CoAuthorsView }) {
  const t = await getTranslations("propose.together");
  const { isProponent, proponent, coAuthors, invitations, mayInvite, mayRemove } = view;
  if (isProponent && !mayInvite && coAuthors.length === 0) return null;
  return (
    <section aria-labelledby="together" className="max-w-form space-y-4">
      <h2 id="together">{t("title")}</h2>
      <p className="max-w-text">{isProponent ? t("text") : t("textOfCoAuthor", { name: proponent })}</p>
      {coAuthors.length > 0 && (
        <ul className="divide-y divide-line border-line border-y">
          {coAuthors.map(({ person, name, named, since, isSelf }) => (
            <li key={person} className="flex flex-wrap items-center justify-between gap-3 py-3">
              <span id={`co-author-${person}`}>
                <strong>
                  <bdi>{name || t("somebody")}</bdi>
                </strong>{" "}
                <span className="text-base text-ink-soft">
                  {t(named ? "named" : "notNamed")} · {t("since")} <InstantText value={since} />
                </span>
              </span>
              {mayRemove && (
                <ActionButton
                  action={removeCoAuthor}
                  fields={{ draft, coAuthor: person }}
                  look="plain"
                  icon="x-circle"
                  describedBy={`co-author-${person}`}
                >
                  {t("remove")}
                </ActionButton>
              )}
              {isSelf && (
                <Disclosure label={t("leave")} quiet>
                  <div className="space-y-3">
                    <p>{t("leaveText")}</p>
                    <ActionButton action={leaveProposal} fields={{ draft }} icon="x-circle">
                      {t("leaveButton")}
                    </ActionButton>
                  </div>
                </Disclosure>
              )}
            </li>
          ))}
        </ul>
      )}
      {invitations.map((invitation) => (
        <Invitation
          key={invitation.id}
          municipality={municipality}
          draft={draft}
          title={title}
          invitation={invitation}
        />
      ))}
      {mayInvite && (
        <ActionButton action={inviteCoAuthor} fields={{ draft }} icon="link">
          {t("invite")}
        </ActionButton>
      )}
    </section>
  );
}

/** A link that was not used yet, as it is passed on: this site is told of nobody's address. */
async function Invitation({
  municipality,
  draft,
  title,
  invitation: { id, code, expiresAt },
}: Where & { title: string; invitation: CoAuthorsView["invitations"][number] }) {
  const [t, locale] = await Promise.all([getTranslations("propose.together"), getLocale()]);
  const url = addressOf(locale, {
    pathname: "/[municipality]/propose/join",
    params: { municipality },
    query: { codice: code },
  });
  const body = t("mailBody", { title, url });
  const mail = `mailto:?subject=${encodeURIComponent(t("mailSubject"))}&body=${encodeURIComponent(body)}`;
  return (
    <div className="space-y-2 border-line border-l-4 pl-4">
      <p id={`invitation-${id}`}>
        {t("link")} <Identifier value={url} />
      </p>
      <p>
        {t("code")} <Identifier value={grouped(code)} />
      </p>
      <p className="text-base text-ink-soft">
        {t("until")} <InstantText value={expiresAt} />
      </p>
      <div className="flex flex-wrap items-center gap-x-5">
        <span className="inline-flex min-h-11 items-center">
          <PlainLink href={mail} icon="message">
            {t("mail")}
          </PlainLink>
        </span>
        <ActionButton
          action={takeBackInvitation}
          fields={{ draft, invitation: id }}
          look="plain"
          icon="x-circle"
          describedBy={`invitation-${id}`}
        >
          {t("takeBack")}
        </ActionButton>
      </div>
    </div>
  );
}
