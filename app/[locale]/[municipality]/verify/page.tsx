import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { TwoColumns } from "@/components/layout/two-columns";
import { ClientMessages } from "@/components/messages";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { controlClass } from "@/components/ui/field";
import { stepSentence } from "@/features/commons/step-words";
import { uploadOutcome } from "@/features/documents/upload-outcome";
import { TermHelp } from "@/features/glossary/term-help";
import { requireMunicipality } from "@/features/municipalities/queries";
import { FileDigestForm } from "@/features/verification/file-digest-form";
import { FoundList } from "@/features/verification/found-list";
import { findCode } from "@/features/verification/queries";
import { codesIn } from "@/features/verification/rules";
import { WhereCodesAre } from "@/features/verification/where-codes-are";
import { readAsked } from "@/lib/asked";
import { getPathname, redirect } from "@/lib/language/navigation";
import { pageMetadata } from "@/lib/page-metadata";

type Props = PageProps<"/[locale]/[municipality]/verify">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug, name } = await requireMunicipality((await params).municipality);
  const t = await getTranslations("verify");
  return pageMetadata({
    href: { pathname: "/[municipality]/verify", params: { municipality: slug } },
    title: `${t("title")} — ${name}`,
    description: t("lead"),
  });
}

/** Drop a file, paste a receipt or a transaction, get an answer. */
export default async function VerifyPage({ params, searchParams }: Props) {
  const { slug, istatCode } = await requireMunicipality((await params).municipality);
  const query = await searchParams;
  const t = await getTranslations("verify");
  const thread = await getTranslations("thread");
  const locale = await getLocale();
  const here = getPathname({
    locale,
    href: { pathname: "/[municipality]/verify", params: { municipality: slug } },
  });
  // A file's hash comes by the address; what is pasted does not: a receipt may hold choices.
  const pasted =
    (await readAsked(`verify ${istatCode}`, query.risposta)) ??
    codesIn(typeof query.cerca === "string" ? query.cerca.slice(0, 5000) : "").join("\n");
  const isAsked = pasted !== "" || query.cerca !== undefined || query.risposta !== undefined;
  const codes = codesIn(pasted);
  const results = await Promise.all(
    codes.map(async (code) => ({ code, found: await findCode(istatCode, code) })),
  );
  const [only] = results;
  if (results.length === 1 && only?.found.length === 1 && only.found[0]?.as.kind === "transaction")
    return redirect({
      href: {
        pathname: "/[municipality]/verify/[transaction]",
        params: { municipality: slug, transaction: only.code },
      },
      locale,
    });
  const outcome = await uploadOutcome(query);
  return (
    <>
      <PageHeading title={t("title")} lead={t("lead")} />
      <TermHelp terms={["ledger", "digest", "block"]} />
      <TwoColumns after aside={<WhereCodesAre municipality={slug} />}>
        {isAsked && (
          <section aria-labelledby="result" className="space-y-6" role="status">
            <h2 id="result">{t("result.title")}</h2>
            {codes.length === 0 && (
              <EmptyState icon="info" title={t("result.unreadable")}>
                {t("result.unreadableText")}
              </EmptyState>
            )}
            {results.map(({ code, found }) => (
              <FoundList
                key={code}
                municipality={slug}
                code={code}
                found={found}
                sentenceOf={(name) => stepSentence(thread, locale, name, {})}
              />
            ))}
          </section>
        )}
        <section aria-labelledby="code-title" className="space-y-4">
          <h2 id="code-title">{t("code.title")}</h2>
          <form action={`/api/verify/${slug}`} method="post" className="max-w-form space-y-4">
            <input type="hidden" name="language" value={locale} />
            <div className="space-y-1.5">
              <label htmlFor="code" className="block font-semibold">
                {t("code.label")}
              </label>
              <p id="code-hint" className="text-base text-ink-soft">
                {t("code.hint")}
              </p>
              <textarea
                id="code"
                name="text"
                rows={3}
                defaultValue={pasted}
                aria-describedby="code-hint"
                autoComplete="off"
                spellCheck={false}
                className={`${controlClass} font-mono text-base`}
              />
            </div>
            <Button type="submit" icon="search">
              {t("code.button")}
            </Button>
          </form>
        </section>
        <section aria-labelledby="file-title" className="space-y-4">
          <h2 id="file-title">{t("file.title")}</h2>
          <ClientMessages namespaces={["verify"]}>
            <FileDigestForm
              action={`/api/uploads/${slug}/digest?lingua=${locale}`}
              resultPath={here}
              failure={outcome && !outcome.ok ? outcome.sentence : undefined}
            />
          </ClientMessages>
        </section>
        <p className="max-w-text text-base text-ink-soft">{t("proof.caution")}</p>
      </TwoColumns>
    </>
  );
}
