import "server-only";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { municipalityBySlug } from "@/features/municipalities/queries";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import { atomFeed } from "@/lib/export/atom";
import type { Printed } from "@/lib/export/pdf";
import type { TableFormat } from "@/lib/export/table";
import { writeTable } from "@/lib/export/table-file";
import { keptRead } from "@/lib/kept-reads";
import { addressOf } from "@/lib/language/address";
import { type Locale, routing } from "@/lib/language/routing";
import { answer, type Body, entityTag, isUnchanged, type OpenFile, problem, validators } from "./answer";
import { catalogueQuads, jsonLdOf, turtleOf } from "./catalogue";
import { currentYear, datasetsOf, stateOf } from "./dataset-queries";
import { type Format, formats, licence } from "./datasets";
import { latestDecisions } from "./decision-queries";
import { decisionEntry } from "./decisions";
import { type GrantWords, grantCells, grantColumns, plainWords } from "./grant-list";
import { grantsOf, MOST_GRANTS } from "./grant-queries";
import { recordPackage, releasePackage } from "./ocds/packages";
import { hasProcesses, ocdsPrefix, processesOf } from "./ocds-queries";
import { type ApiPath, apiPaths, openApi } from "./openapi";
import { ledgerWords, type PactWords, pactCells, pactColumns } from "./pact-register";
import { registeredPacts } from "./pact-register-queries";
import { csvParts, jsonParts, rowsOf } from "./table-files";

type Municipality = NonNullable<Awaited<ReturnType<typeof municipalityBySlug>>>;
type Asked = { year: number | undefined; locale: Locale };

const query = z.object({
  year: z.coerce.number().int().min(2000).max(2100).optional(),
  lingua: z.enum(routing.locales).default("it"),
});

const notFound = () => problem(404, "No such file. openapi.json beside it lists what there is.");

/** A file of a municipality's open data by its path; what the asker has already is not sent again. */
export async function openDataFile(request: Request, slug: string, file: string): Promise<Response> {
  const path = `/${file}`;
  if (!Object.hasOwn(apiPaths, path)) return notFound();
  const municipality = await municipalityBySlug(slug);
  if (!municipality) return notFound();
  const { searchParams } = new URL(request.url);
  const parsed = query.safeParse({
    year: searchParams.get("year") ?? undefined,
    lingua: searchParams.get("lingua") ?? undefined,
  });
  if (!parsed.success)
    return problem(400, "year is a number between 2000 and 2100, lingua is it or en. Leave out the rest.");
  const { year, lingua: locale } = parsed.data;
  const state = await stateOf(municipality.istatCode);
  const tag = entityTag(state, [path, slug, year ?? "", locale, env.ORIGIN, ocdsPrefix()].join(" "));
  const headers = validators(tag, state.time);
  if (isUnchanged(request, tag, state.time)) return new Response(null, { status: 304, headers });
  const found = await fileAt(path as ApiPath, municipality, { year, locale });
  if (found === "too long") return problem(413, "Too many rows for a spreadsheet: take the CSV.");
  return found ? answer(found, headers) : notFound();
}

type Made = OpenFile | "too long" | null;

function fileAt(path: ApiPath, municipality: Municipality, asked: Asked): Promise<Made> | Made {
  switch (path) {
    case "/grants.csv":
    case "/grants.json":
    case "/grants.ods":
    case "/grants.pdf":
      return grantsFile(municipality, formatOf(path), asked);
    case "/pacts.csv":
    case "/pacts.json":
    case "/pacts.ods":
    case "/pacts.pdf":
      return pactsFile(municipality, formatOf(path), asked);
    case "/ocds/releases.json":
      return contractingFile(municipality, path, releasePackage);
    case "/ocds/records.json":
      return contractingFile(municipality, path, recordPackage);
    case "/decisions.atom":
      return decisionsFile(municipality, asked);
    case "/catalogue.ttl":
    case "/catalogue.jsonld":
      return catalogueFile(municipality, path);
    case "/openapi.json":
      return {
        type: typeOf("json"),
        body: `${JSON.stringify(openApi(env.ORIGIN, municipality), null, 2)}\n`,
      };
  }
}

async function grantsFile(
  municipality: Municipality,
  format: Format,
  { year, locale }: Asked,
): Promise<Made> {
  const words = format === "json" ? plainWords : await grantWords(locale);
  const of = year ?? (await currentYear(municipality.istatCode));
  const columns = grantColumns(words);
  const batches = (async function* () {
    for await (const grants of grantsOf(municipality, of))
      yield grants.map((grant) => grantCells(grant, words));
  })();
  const href = { pathname: "/[municipality]/grants", params: { municipality: municipality.slug } } as const;
  return tableFile(`${municipality.slug}-grants-${of}`, format, columns, batches, async () => {
    const [t, data] = await Promise.all([
      getTranslations({ locale, namespace: "grants" }),
      getTranslations({ locale, namespace: "openData" }),
    ]);
    return {
      ...{ municipality: municipality.name, locale, title: t("titleOf", { year: of }) },
      facts: [data("datasets.grants.text")],
      address: addressOf(locale, { ...href, query: { anno: String(of) } }),
    };
  });
}

async function pactsFile(municipality: Municipality, format: Format, { locale }: Asked): Promise<Made> {
  const words = format === "json" ? ledgerWords : await pactWords(locale);
  const registered = await db.chainMunicipality.findFirst({
    where: { municipality: municipality.istatCode },
  });
  const batches = (async function* () {
    for await (const pacts of registeredPacts(municipality, registered?.casaBody ?? ""))
      yield pacts.map((pact) => pactCells(pact, words));
  })();
  const href = { pathname: "/[municipality]/pacts", params: { municipality: municipality.slug } } as const;
  return tableFile(`${municipality.slug}-pacts`, format, pactColumns(words), batches, async () => {
    const t = await getTranslations({ locale, namespace: "openData" });
    return {
      ...{ municipality: municipality.name, locale, title: t("datasets.pacts.title") },
      ...{ facts: [], address: addressOf(locale, href) },
    };
  });
}

async function tableFile(
  name: string,
  format: Format,
  columns: Parameters<typeof csvParts>[0],
  batches: Parameters<typeof csvParts>[1],
  printed: () => Promise<Printed>,
): Promise<Made> {
  const file = (body: Body) => ({ type: typeOf(format), name: `${name}.${format}`, body });
  if (format === "csv") return file(csvParts(columns, batches));
  if (format === "json") return file(jsonParts(columns, batches));
  const said = await printed();
  const make = async () => {
    const rows = await rowsOf(batches, MOST_GRANTS);
    return rows && writeTable(format as TableFormat, { name, columns, rows }, said);
  };
  // Laying out a PDF takes seconds: it is made once, until something changes.
  const made = await (format === "pdf" ? keptRead(`open data ${said.address}`, make) : make());
  return made ? file(made) : "too long";
}

async function contractingFile(
  municipality: Municipality,
  path: ApiPath,
  write: typeof releasePackage,
): Promise<Made> {
  if (!(await hasProcesses(municipality.istatCode))) return null;
  const head = {
    uri: `${env.ORIGIN}/api/open-data/${municipality.slug}${path}`,
    publisher: `Comune di ${municipality.name}`,
    licence: licence.url,
    publicationPolicy: `${pageAddress(municipality.slug, "it")}#contracting`,
  };
  return { type: typeOf("json"), body: write(head, processesOf(municipality)) };
}

async function decisionsFile(municipality: Municipality, { locale }: Asked): Promise<Made> {
  const [t, decisions, state] = await Promise.all([
    getTranslations({ locale, namespace: "openData" }),
    latestDecisions(municipality, locale),
    stateOf(municipality.istatCode),
  ]);
  const self = `${env.ORIGIN}/api/open-data/${municipality.slug}/decisions.atom`;
  const feed = {
    ...{ id: self, self, page: pageAddress(municipality.slug, locale), language: locale },
    title: `${t("datasets.decisions.title")} – ${municipality.name}`,
    author: `Comune di ${municipality.name}`,
    updated: decisions[0]?.time ?? state.time,
  };
  return { type: `${formats.atom.media}; charset=utf-8`, body: atomFeed(feed, decisions.map(decisionEntry)) };
}

async function catalogueFile(municipality: Municipality, path: ApiPath): Promise<Made> {
  const [t, datasets, state, row] = await Promise.all([
    getTranslations({ locale: "it", namespace: "openData" }),
    datasetsOf(municipality),
    stateOf(municipality.istatCode),
    db.municipality.findUniqueOrThrow({ where: { istatCode: municipality.istatCode } }),
  ]);
  const quads = catalogueQuads({
    origin: env.ORIGIN,
    homepage: pageAddress(municipality.slug, "it"),
    ...{ municipality, datasets, issued: row.createdAt, modified: state.time },
    publisherCode: row.ipaCode ?? municipality.istatCode,
    texts: {
      title: t("catalogueTitle", { name: municipality.name }),
      description: t("lead"),
      dataset: (id) => ({ title: t(`datasets.${id}.title`), description: t(`datasets.${id}.text`) }),
    },
  });
  return path === "/catalogue.ttl"
    ? { type: "text/turtle; charset=utf-8", body: turtleOf(quads) }
    : { type: "application/ld+json", body: jsonLdOf(quads) };
}

/** How a list of grants is headed in a spreadsheet. */
async function grantWords(locale: Locale): Promise<GrantWords> {
  const t = await getTranslations({ locale, namespace: "grants" });
  return { heading: (column) => t(`columns.${column}`), yes: t("yes"), no: t("no") };
}

async function pactWords(locale: Locale): Promise<PactWords> {
  const t = await getTranslations({ locale, namespace: "openData" });
  const pacts = await getTranslations({ locale, namespace: "pacts" });
  return {
    heading: (column) => t(`pactColumns.${column}`),
    form: (form) => pacts(`forms.${form as "ordinary"}`),
    state: (state) => pacts(`states.${state as "active"}`),
  };
}

function formatOf(path: ApiPath): Format {
  return path.slice(path.lastIndexOf(".") + 1) as Format;
}

function typeOf(format: Format): string {
  const { media } = formats[format];
  return format === "ods" || format === "pdf" ? media : `${media}; charset=utf-8`;
}

function pageAddress(municipality: string, locale: Locale): string {
  return addressOf(locale, { pathname: "/[municipality]/open-data", params: { municipality } });
}
