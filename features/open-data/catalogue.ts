/** The catalogue of open data in DCAT-AP_IT, as Turtle and as JSON-LD. */
import { DataFactory, type Quad, Writer } from "n3";
import { type Dataset, type DatasetId, formats, licence, themes } from "./datasets";

export type CatalogueTexts = {
  title: string;
  description: string;
  dataset: (id: DatasetId) => { title: string; description: string };
};

export type CatalogueOf = {
  origin: string;
  /** Of the page that lists the data. */
  homepage: string;
  municipality: { name: string; istatCode: string; slug: string };
  /** As the index of public administrations has it; the ISTAT code where that is not known. */
  publisherCode: string;
  issued: Date;
  modified: Date;
  datasets: readonly Dataset[];
  texts: CatalogueTexts;
};

const vocabularies = {
  rdf: "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
  xsd: "http://www.w3.org/2001/XMLSchema#",
  dct: "http://purl.org/dc/terms/",
  dcat: "http://www.w3.org/ns/dcat#",
  dcatapit: "http://dati.gov.it/onto/dcatapit#",
  foaf: "http://xmlns.com/foaf/0.1/",
} as const;
const authority = "http://publications.europa.eu/resource/authority/";

const { namedNode, literal, quad } = DataFactory;
type Value = string | Date | { it: string } | { iri: string };

export function catalogueQuads(of: CatalogueOf): Quad[] {
  const { origin, homepage, municipality, publisherCode, datasets, texts } = of;
  const base = `${origin}/api/open-data/${municipality.slug}/catalogue`;
  const publisher = { iri: `${base}#publisher` };
  const licenceNode = { iri: licence.url };
  return [
    ...about(base, ["dcatapit:Catalog", "dcat:Catalog"], {
      "dct:title": { it: texts.title },
      "dct:description": { it: texts.description },
      "dct:publisher": publisher,
      "dct:issued": of.issued,
      "dct:modified": of.modified,
      "dct:language": { iri: `${authority}language/ITA` },
      "dcat:themeTaxonomy": { iri: `${authority}data-theme` },
      "foaf:homepage": { iri: homepage },
      "dcat:dataset": datasets.map(({ id }) => ({ iri: `${base}#${id}` })),
    }),
    ...about(publisher.iri, ["dcatapit:Agent", "foaf:Agent"], {
      "foaf:name": { it: `Comune di ${municipality.name}` },
      "dct:identifier": publisherCode,
    }),
    ...about(licence.url, ["dcatapit:LicenseDocument", "dct:LicenseDocument"], {
      "foaf:name": licence.name,
      "dct:type": { iri: "http://purl.org/adms/licencetype/Attribution" },
    }),
    ...datasets.flatMap((dataset) => {
      const { title, description } = texts.dataset(dataset.id);
      const iri = `${base}#${dataset.id}`;
      return [
        ...about(iri, ["dcatapit:Dataset", "dcat:Dataset"], {
          "dct:identifier": `${municipality.istatCode}:${dataset.id}`,
          "dct:title": { it: title },
          "dct:description": { it: description },
          "dct:modified": dataset.modified,
          "dcat:theme": { iri: `${authority}data-theme/${themes[dataset.id]}` },
          "dct:rightsHolder": publisher,
          "dct:publisher": publisher,
          "dct:accrualPeriodicity": { iri: `${authority}frequency/IRREG` },
          "dct:language": { iri: `${authority}language/ITA` },
          "dcat:landingPage": { iri: `${homepage}#${dataset.id}` },
          "dcat:distribution": dataset.distributions.map((_, index) => ({ iri: `${iri}-${index + 1}` })),
        }),
        ...dataset.distributions.flatMap(({ format, path, of: part }, index) =>
          about(`${iri}-${index + 1}`, ["dcatapit:Distribution", "dcat:Distribution"], {
            "dct:title": { it: part ? `${title}: ${part}` : title },
            "dct:format": { iri: `${authority}file-type/${formats[format].authority}` },
            "dcat:mediaType": {
              iri: `https://www.iana.org/assignments/media-types/${formats[format].media}`,
            },
            "dcat:accessURL": { iri: origin + path },
            "dcat:downloadURL": { iri: origin + path },
            "dct:license": licenceNode,
            "dct:modified": dataset.modified,
          }),
        ),
      ];
    }),
  ];
}

function about(
  iri: string,
  types: readonly string[],
  facts: Record<string, Value | readonly Value[]>,
): Quad[] {
  const subject = namedNode(iri);
  return [
    ...types.map((type) => quad(subject, namedNode(`${vocabularies.rdf}type`), namedNode(full(type)))),
    ...Object.entries(facts).flatMap(([name, value]) =>
      [value].flat().map((one) => quad(subject, namedNode(full(name)), objectOf(one as Value))),
    ),
  ];
}

function objectOf(value: Value) {
  if (typeof value === "string") return literal(value);
  if (value instanceof Date)
    return literal(value.toISOString().slice(0, 10), namedNode(`${vocabularies.xsd}date`));
  return "it" in value ? literal(value.it, "it") : namedNode(value.iri);
}

function full(name: string): string {
  const [prefix = "", local] = name.split(":");
  return `${vocabularies[prefix as keyof typeof vocabularies]}${local}`;
}

export function turtleOf(quads: readonly Quad[]): string {
  const writer = new Writer({ prefixes: vocabularies });
  writer.addQuads([...quads]);
  let text = "";
  writer.end((_, result: string) => {
    text = result;
  });
  return text;
}

/** Expanded JSON-LD, which needs no context from elsewhere. */
export function jsonLdOf(quads: readonly Quad[]): string {
  const nodes = new Map<string, Record<string, unknown>>();
  for (const { subject, predicate, object } of quads) {
    const node = nodes.get(subject.value) ?? { "@id": subject.value };
    nodes.set(subject.value, node);
    const isType = predicate.value === `${vocabularies.rdf}type`;
    const name = isType ? "@type" : predicate.value;
    const values = (node[name] ?? []) as unknown[];
    node[name] = [...values, isType ? object.value : nodeOf(object)];
  }
  return `${JSON.stringify([...nodes.values()], null, 2)}\n`;
}

function nodeOf(object: Quad["object"]): object {
  if (object.termType !== "Literal") return { "@id": object.value };
  if (object.language) return { "@value": object.value, "@language": object.language };
  const isPlain = object.datatype.value === `${vocabularies.xsd}string`;
  return { "@value": object.value, ...(!isPlain && { "@type": object.datatype.value }) };
}
