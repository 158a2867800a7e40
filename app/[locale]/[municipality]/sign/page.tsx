import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { ClientMessages } from "@/components/messages";
import { PendingRefresh } from "@/components/pending-refresh";
import { TextLink, textLinkClass } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { waitingActs } from "@/features/acts/queries";
import { idsOf, MOST_AT_ONCE } from "@/features/acts/schema";
import { prepareActs } from "@/features/acts/service";
import { SignActsWhenLoaded } from "@/features/acts/sign-acts-when-loaded";
import { TrialForm } from "@/features/acts/trial-form";
import { askedFacts } from "@/features/commons/rules";
import { stepSentence } from "@/features/commons/step-words";
import { requireMunicipality } from "@/features/municipalities/queries";
import { env } from "@/lib/env";
import { errorSentences } from "@/lib/error-sentences";
import { ExpectedError } from "@/lib/errors";
import { getPathname } from "@/lib/language/navigation";
import { ownPath } from "@/lib/same-site";
import { requireViewer } from "@/lib/viewer";

type Props = PageProps<"/[locale]/[municipality]/sign">;

export async function generateMetadata(): Promise<Metadata> {
  const title = (await getTranslations("signing"))("title");
  // The trial signer is another origin, and has to know that it is asked by this one.
  return { title, robots: { index: false }, referrer: "strict-origin" };
}

/** Acts that a form has asked for, as things stand now, and the gesture that signs them. */
export default async function SignPage({ params, searchParams }: Props) {
  const { slug, istatCode } = await requireMunicipality((await params).municipality);
  const viewer = await requireViewer();
  const [query, locale, t, sentence] = await Promise.all([
    searchParams,
    getLocale(),
    getTranslations("signing"),
    errorSentences(),
  ]);
  const asked = idsOf(one(query.atti));
  const waiting = await waitingActs(istatCode, viewer);
  const wanted = waiting.filter(({ id }) => asked.length === 0 || asked.includes(id)).slice(0, MOST_AT_ONCE);
  const office = getPathname({
    href: { pathname: "/[municipality]/office", params: { municipality: slug } },
    locale,
  });
  const next = query.poi ? ownPath(one(query.poi)) : office;
  const refusal = one(query.errore);
  const onward = (words: "goOn" | "back") => (
    <p>
      <a href={next} className={textLinkClass}>
        {t(words)}
      </a>
    </p>
  );
  const prepared =
    wanted.length > 0 &&
    (await prepareActs(
      viewer,
      istatCode,
      wanted.map(({ id }) => id),
      env.ORIGIN,
    ).catch((error: unknown) => {
      if (error instanceof ExpectedError) return error;
      throw error;
    }));
  return (
    <>
      <PageHeading title={t("title")} {...(prepared && { lead: t("lead") })} />
      <div className="space-y-8">
        {refusal && /^[a-z_]{1,40}$/.test(refusal) && <Notice tone="danger" title={sentence(refusal)} />}
        {!prepared && (
          <Notice title={t("nothing")}>
            <p>{t("nothingText")}</p>
          </Notice>
        )}
        {prepared instanceof ExpectedError && (
          <Notice
            tone="warning"
            title={prepared.status === 503 ? t("away") : sentence(prepared.code, prepared.params)}
          >
            {prepared.status === 503 && <p>{t("awayText")}</p>}
          </Notice>
        )}
        {prepared && !(prepared instanceof ExpectedError) && (
          <>
            {wanted.flatMap(({ id, error }) =>
              error
                ? [
                    <Notice key={id} tone="warning" title={t("again")}>
                      {sentence(error.code, error.params)}
                    </Notice>,
                  ]
                : [],
            )}
            {prepared.acts.length > 0 && (
              <section aria-labelledby="acts" className="space-y-6">
                <h2 id="acts">{t("count", { count: prepared.acts.length })}</h2>
                <ClientMessages namespaces={["signing", "thread", "roles", "organisations", "acts"]}>
                  <SignActsWhenLoaded
                    acts={prepared.acts}
                    names={prepared.names}
                    texts={prepared.texts}
                    passkeys={prepared.passkeys.filter(({ trial }) => !trial)}
                    next={next}
                  />
                </ClientMessages>
                {env.SIGNER_ORIGIN && prepared.passkeys.some(({ trial }) => trial) && (
                  <TrialForm
                    signer={env.SIGNER_ORIGIN}
                    person={viewer.id}
                    texts={prepared.acts.map(({ text }) => text)}
                    returnTo={returnAddress({ slug, locale, next, ids: prepared.acts.map(({ id }) => id) })}
                  />
                )}
                {prepared.passkeys.length === 0 && (
                  <Notice tone="warning" title={t("noPasskey")}>
                    <p>{t("noPasskeyText")}</p>
                    <p>
                      <TextLink
                        href={{ pathname: "/[municipality]/mine/keys", params: { municipality: slug } }}
                      >
                        {t("toKeys")}
                      </TextLink>
                    </p>
                  </Notice>
                )}
              </section>
            )}
            {prepared.later.length > 0 && <Later acts={prepared.later} alone={prepared.acts.length === 0} />}
          </>
        )}
        {onward(prepared ? "back" : "goOn")}
      </div>
    </>
  );
}

async function Later({
  acts,
  alone,
}: {
  acts: readonly { id: string; transaction: string; input: unknown }[];
  /** Nothing else is there to be signed: the page waits for what they wait for. */
  alone: boolean;
}) {
  const [t, thread, locale] = await Promise.all([
    getTranslations("signing"),
    getTranslations("thread"),
    getLocale(),
  ]);
  return (
    <section aria-labelledby="later" className="max-w-form space-y-2">
      <h2 id="later">{t("later")}</h2>
      <p>{t("laterText")}</p>
      <ul className="list-disc space-y-1 pl-5">
        {acts.map(({ id, transaction, input }) => (
          <li key={id}>{stepSentence(thread, locale, transaction, askedFacts(transaction, input))}</li>
        ))}
      </ul>
      <PendingRefresh pending={alone} />
    </section>
  );
}

/** Where the trial signer leads back to with what it has signed. */
function returnAddress(back: { slug: string; locale: string; next: string; ids: readonly string[] }): string {
  const query = new URLSearchParams({ comune: back.slug, lingua: back.locale, poi: back.next });
  return `${env.ORIGIN}/api/acts/signed?${query}&ids=${back.ids.join(",")}`;
}

function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
