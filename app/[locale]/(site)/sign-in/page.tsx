import type { Metadata } from "next";
import { headers } from "next/headers";
import { getLocale, getTranslations } from "next-intl/server";
import { z } from "zod";
import { PageHeading } from "@/components/layout/page-heading";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { anprState } from "@/lib/anpr/settings";
import { currentViewer } from "@/lib/auth";
import { env } from "@/lib/env";
import { federation } from "@/lib/federation/settings";
import { hasOwnProvider, isTrialProvider } from "@/lib/identity-provider";
import { getPathname } from "@/lib/language/navigation";
import { ownPath } from "@/lib/same-site";

/** After how long one may try again: at most the hour that is counted. */
const Minutes = z.coerce.number().int().min(1).max(60).catch(60);

const errorTexts: ReadonlyMap<unknown, "levelText" | "providerText"> = new Map([
  ["level", "levelText"],
  ["provider", "providerText"],
] as const);

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("signIn"))("title"), robots: { index: false } };
}

export default async function SignInPage({ searchParams }: PageProps<"/[locale]/sign-in">) {
  const { da, uscito, cancellato, modulo, ancora, rifatto, error, minuti } = await searchParams;
  const t = await getTranslations("signIn");
  const locale = await getLocale();
  const viewer = await currentViewer();
  const here = getPathname({ locale, href: "/sign-in" });
  const from = ancora ? `${here}?rifatto=1` : await returnPath(da, here);
  const trial = isTrialProvider();
  const providers = federation()?.settings.providers ?? [];
  return (
    <div className="space-y-6">
      <PageHeading title={t("title")} lead={t("lead")} />
      {error && (
        <Notice tone="danger" title={t("failed")} live="alert">
          <p>
            {error === "limit"
              ? t("limitText", { minutes: Minutes.parse(minuti) })
              : t(errorTexts.get(error) ?? "failedText")}
          </p>
        </Notice>
      )}
      {modulo && !viewer && (
        <Notice tone="info" title={t("formKept")} live="status">
          <p>{t("formKeptText")}</p>
        </Notice>
      )}
      {uscito && !viewer && (
        <Notice tone="success" title={t("signedOut")} live="status">
          <p>{t(uscito === "qui" ? "signedOutHereText" : "signedOutText")}</p>
        </Notice>
      )}
      {cancellato && !viewer && (
        <Notice tone="success" title={t("erased")} live="status">
          <p>{t("erasedText")}</p>
        </Notice>
      )}
      {viewer && rifatto && (
        <Notice tone="success" title={t("anew")} live="status">
          <p>{t("anewText")}</p>
        </Notice>
      )}
      {viewer && ancora && !error && (
        <Notice tone="info" title={t("again")}>
          <p>{t("againText")}</p>
        </Notice>
      )}
      {viewer && !ancora && !rifatto && (
        <Notice tone="info" title={t("already", { name: viewer.name })}>
          <p>
            <a href={from} className="text-link underline">
              {t("goOn")}
            </a>
          </p>
        </Notice>
      )}
      {providers.length > 0 && (
        <section aria-labelledby="federation" className="max-w-form space-y-4">
          <h2 id="federation">{t("federation")}</h2>
          <p>{t("federationText")}</p>
          {anprState() === "ready" && <p>{t("anprText")}</p>}
          <ul className="space-y-3">
            {providers.map(({ entity, kind, name }) => (
              <li key={entity}>
                <form action="/api/sign-in" method="post">
                  <input type="hidden" name="from" value={from} />
                  <input type="hidden" name="language" value={locale} />
                  <input type="hidden" name="provider" value={entity} />
                  <Button type="submit" icon="sign-in">
                    {t(kind === "cie" ? "withCie" : "withSpid", { name })}
                  </Button>
                </form>
              </li>
            ))}
          </ul>
        </section>
      )}
      {hasOwnProvider() && (
        <form action="/api/sign-in" method="post" className="max-w-form space-y-4">
          <input type="hidden" name="from" value={from} />
          <input type="hidden" name="language" value={locale} />
          {ancora && <input type="hidden" name="again" value="1" />}
          <p>{t(trial ? "trialText" : "identityText")}</p>
          <Button type="submit" icon="sign-in">
            {t(trial ? "withTrial" : "withIdentity")}
          </Button>
        </form>
      )}
    </div>
  );
}

/** Where to go afterwards: what the link said, or the page the person came from. */
async function returnPath(asked: string | string[] | undefined, here: string): Promise<string> {
  if (typeof asked === "string") return ownPath(asked);
  const referrer = (await headers()).get("referer") ?? "";
  const came = URL.canParse(referrer) ? new URL(referrer) : undefined;
  const fromPage =
    came?.origin === env.ORIGIN && came.pathname !== here && !came.pathname.startsWith("/trial-id");
  return fromPage ? ownPath(came.pathname + came.search) : "/";
}
