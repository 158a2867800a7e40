import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { Italian } from "@/components/ui/italian";
import { ButtonLink, TextLink } from "@/components/ui/link";
import { Pagination } from "@/components/ui/pagination";
import { type Subject, subjectOf } from "@/features/comments/about-queries";
import { Discussion } from "@/features/comments/discussion";
import { discussionOn } from "@/features/comments/queries";
import { rightsOf } from "@/features/comments/rights-rules";
import { aboutTypes, type Sort, sorts } from "@/features/comments/rules";
import { listSchema } from "@/features/comments/schema";
import { requireMunicipality } from "@/features/municipalities/queries";
import { currentViewer } from "@/lib/auth";

type Props = PageProps<"/[locale]/[municipality]/comments/on/[type]/[subject]">;

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { subject } = await requireSubject(props);
  return { title: (await getTranslations("comments"))("titleOn", { subject: subject.title }) };
}

/** All that is said about one thing, sorted and paged by its address. */
export default async function DiscussionPage(props: Props) {
  const { municipality, subject } = await requireSubject(props);
  const { istatCode, slug } = municipality;
  const viewer = await currentViewer();
  const { ordina: sort, pagina } = listSchema.parse(await props.searchParams);
  const about = { type: subject.type, id: subject.id };
  const [t, discussion] = await Promise.all([
    getTranslations("comments"),
    discussionOn(istatCode, about, viewer, { sort, page: pagina }),
  ]);
  const at = (change: { ordina?: Sort; pagina?: number }) => ({
    pathname: "/[municipality]/comments/on/[type]/[subject]" as const,
    params: { municipality: slug, type: subject.type, subject: subject.id },
    query: { ordina: sort, ...change },
  });
  return (
    <>
      <Breadcrumb items={[{ href: subject.href, label: subject.title, written: true }]} />
      <PageHeading
        title={
          <>
            {t("titleOnShort")} <Italian>{subject.title}</Italian>
          </>
        }
        lead={t("count", { count: discussion.count })}
      />
      <div className="max-w-form space-y-6">
        {discussion.count > 1 && (
          <nav aria-label={t("sortBy")} className="flex flex-wrap gap-x-4 gap-y-1 print:hidden">
            {sorts.map((one) => (
              <TextLink
                key={one}
                href={at({ ordina: one })}
                aria-current={one === sort ? "true" : undefined}
                className={`inline-flex min-h-11 items-center ${one === sort ? "font-semibold" : ""}`}
              >
                {t(`sorts.${one}`)}
              </TextLink>
            ))}
          </nav>
        )}
        <Discussion
          municipality={slug}
          about={about}
          discussion={discussion}
          rights={rightsOf(viewer, istatCode)}
        />
        {!viewer && (
          <ButtonLink look="secondary" icon="sign-in" href={{ pathname: "/sign-in" }}>
            {t("signIn")}
          </ButtonLink>
        )}
        <Pagination page={discussion.page} pages={discussion.pages} hrefOf={(page) => at({ pagina: page })} />
      </div>
    </>
  );
}

async function requireSubject({ params }: Props): Promise<{
  municipality: Awaited<ReturnType<typeof requireMunicipality>>;
  subject: Subject;
}> {
  const { municipality: slug, type, subject: id } = await params;
  const municipality = await requireMunicipality(slug);
  const known = aboutTypes.find((one) => one === type);
  const subject = known && (await subjectOf(municipality, { type: known, id: decodeURIComponent(id) }));
  return subject ? { municipality, subject } : notFound();
}
