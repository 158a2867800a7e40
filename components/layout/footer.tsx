import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Icon } from "@/components/ui/icon";
import { type Href, Link } from "@/lib/language/navigation";

/** What a municipality says of itself; an empty text is not said. */
export type FooterProfile = {
  website: string;
  address: string;
  phone: string;
  email: string;
  pec: string;
  taxCode: string;
  offices: string;
  accessibilityUrl: string;
  privacyContact: string;
};

type Props = {
  ledger: "embedded" | "fabric" | undefined;
  municipality?: { slug: string; name: string };
  profile?: FooterProfile | undefined;
};

/** Who answers for the pages and how to reach them, what the law asks to be linked, and what ledger stands behind. */
export function Footer({ ledger, municipality, profile }: Props) {
  const t = useTranslations("site.footer");
  const locale = useLocale();
  return (
    <footer className="bg-deep text-on-deep print:hidden">
      <div className="mx-auto max-w-page space-y-8 px-4 py-10">
        <p className="font-bold text-xl">
          {municipality ? t("comune", { name: municipality.name }) : t("about")}
        </p>
        <div className="grid gap-8 md:grid-cols-2 lg:grid-cols-3">
          {municipality && (
            <section aria-labelledby="footer-contacts" className="space-y-2 text-base">
              <h2 id="footer-contacts" className="text-md">
                {t("contacts")}
              </h2>
              {profile ? <Contacts profile={profile} /> : <p>{t("noContacts")}</p>}
            </section>
          )}
          {municipality && profile?.offices && (
            <section aria-labelledby="footer-offices" className="space-y-2 text-base">
              <h2 id="footer-offices" className="text-md">
                {t("offices")}
              </h2>
              <p lang="it" className="whitespace-pre-line">
                {profile.offices}
              </p>
            </section>
          )}
          <section
            aria-labelledby="footer-more"
            className={`text-base ${profile?.offices ? "" : "lg:col-span-2"}`}
          >
            <h2 id="footer-more" className="text-md">
              {t("more")}
            </h2>
            <ul className={profile?.offices ? "" : "gap-x-8 sm:columns-2"}>
              <Item href="/how-it-works">{t("howItWorks")}</Item>
              <Item href="/glossary">{t("glossary")}</Item>
              {municipality && (
                <>
                  <Item
                    href={{
                      pathname: "/[municipality]/meetings",
                      params: { municipality: municipality.slug },
                    }}
                  >
                    {t("meetings")}
                  </Item>
                  <Item
                    href={{ pathname: "/[municipality]/verify", params: { municipality: municipality.slug } }}
                  >
                    {t("verify")}
                  </Item>
                  <Item
                    href={{
                      pathname: "/[municipality]/register",
                      params: { municipality: municipality.slug },
                    }}
                  >
                    {t("register")}
                  </Item>
                  <Item
                    href={{
                      pathname: "/[municipality]/participation",
                      params: { municipality: municipality.slug },
                    }}
                  >
                    {t("participation")}
                  </Item>
                  <Item
                    href={{
                      pathname: "/[municipality]/open-data",
                      params: { municipality: municipality.slug },
                    }}
                  >
                    {t("openData")}
                  </Item>
                  <li>
                    <a
                      href={`/api/calendar/${municipality.slug}/all.ics?lingua=${locale}`}
                      className={linkClass}
                      download
                    >
                      {t("calendar")}
                    </a>
                  </li>
                </>
              )}
            </ul>
          </section>
        </div>
        {ledger && (
          <p className="flex max-w-text items-start gap-2 text-base">
            <span className="pt-0.5">
              <Icon name="link" />
            </span>
            {t(ledger === "embedded" ? "ledgerEmbedded" : "ledgerFabric")}
          </p>
        )}
        <ul className="flex flex-wrap gap-x-6 border-on-deep border-t pt-4 text-base">
          <Item href="/privacy" element="privacy-policy-link">
            {t("privacy")}
          </Item>
          {municipality && (
            <Item
              href={{ pathname: "/[municipality]/legal-notes", params: { municipality: municipality.slug } }}
              element="legal-notes"
            >
              {t("legalNotes")}
            </Item>
          )}
          {profile?.accessibilityUrl ? (
            <li>
              <a
                href={profile.accessibilityUrl}
                rel="noopener"
                className={linkClass}
                data-element="accessibility-link"
              >
                {t("accessibility")} <Icon name="external" size="small" />
              </a>
            </li>
          ) : (
            <Item href="/accessibility" element="accessibility-link">
              {t("accessibility")}
            </Item>
          )}
        </ul>
        <p className="max-w-text text-sm">{t("credits")}</p>
      </div>
    </footer>
  );
}

const linkClass =
  "inline-flex min-h-11 min-w-11 items-center gap-1.5 underline underline-offset-4 hover:decoration-2";

function Item({ href, element, children }: { href: Href; element?: string; children: ReactNode }) {
  return (
    <li>
      <Link prefetch={false} href={href} className={linkClass} data-element={element}>
        {children}
      </Link>
    </li>
  );
}

function Contacts({ profile }: { profile: FooterProfile }) {
  const t = useTranslations("site.footer");
  const { address, phone, email, pec, website, taxCode, privacyContact } = profile;
  const number = phone.replace(/[^\d+]/g, "");
  return (
    <>
      <address className="not-italic" lang="it">
        {address}
      </address>
      <ul>
        {phone && <Contact label={t("phone")} href={`tel:${number}`} text={phone} />}
        {email && <Contact label={t("email")} href={`mailto:${email}`} text={email} />}
        {pec && <Contact label={t("pec")} href={`mailto:${pec}`} text={pec} />}
        {website && <Contact label={t("website")} href={website} text={new URL(website).host} />}
      </ul>
      {taxCode && <p>{t("taxCode", { code: taxCode })}</p>}
      {privacyContact && <p className="wrap-anywhere">{t("privacyContact", { contact: privacyContact })}</p>}
    </>
  );
}

function Contact({ label, href, text }: { label: string; href: string; text: string }) {
  return (
    <li>
      <a href={href} rel="noopener" className={`${linkClass} wrap-anywhere`}>
        {label}: {text}
      </a>
    </li>
  );
}
