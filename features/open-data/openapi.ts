/** What the API answers, in OpenAPI 3.1. */
import { formats, licence } from "./datasets";
import { grantColumnKeys } from "./grant-list";
import { pactColumnKeys } from "./pact-register";

const yearParameter = {
  ...{ name: "year", in: "query", required: false },
  description: "Anno dell’atto di concessione; senza, l’anno in corso. / Year of the granting act.",
  schema: { type: "integer", minimum: 2000, maximum: 2100 },
};
const languageParameter = {
  ...{ name: "lingua", in: "query", required: false },
  description: "Lingua di intestazioni e voci. / Language of headings and words.",
  schema: { type: "string", enum: ["it", "en"], default: "it" },
};

const numbers = new Set(["amount_eur", "committed_eur", "version"]);
const row = (columns: readonly string[]) => ({
  type: "array",
  items: {
    type: "object",
    required: columns,
    additionalProperties: false,
    properties: Object.fromEntries(
      columns.map((column) => [column, { type: [numbers.has(column) ? "number" : "string", "null"] }]),
    ),
  },
});

type Answer = { summary: string; type: string; schema?: object; parameters?: object[]; most?: boolean };

function path({ summary, type, schema, parameters = [], most }: Answer): object {
  const problem = { content: { "application/problem+json": { schema: { type: "object" } } } };
  return {
    get: {
      summary,
      parameters,
      responses: {
        200: {
          description: "I dati. / The data.",
          headers: { ETag: { schema: { type: "string" } }, "Last-Modified": { schema: { type: "string" } } },
          content: { [type]: { schema: schema ?? { type: "string" } } },
        },
        304: { description: "Niente è cambiato dall’ultima volta. / Nothing has changed." },
        ...(parameters.length > 0 && {
          400: { description: "Un parametro non va bene. / A parameter is wrong.", ...problem },
        }),
        404: { description: "Questo Comune, o questo file, non c’è. / No such file.", ...problem },
        ...(most && {
          413: { description: "Troppe righe: usa il CSV. / Too many rows: take CSV.", ...problem },
        }),
      },
    },
  };
}

const object = { type: "object" };

/** Paths below `/api/open-data/MUNICIPALITY`, each of which answers. */
export const apiPaths = {
  "/grants.csv": path({
    ...{ summary: "Elenco dei contributi (artt. 26-27 d.lgs. 33/2013)", type: formats.csv.media },
    parameters: [yearParameter, languageParameter],
  }),
  "/grants.json": path({
    ...{ summary: "Elenco dei contributi, per i programmi", type: formats.json.media },
    ...{ parameters: [yearParameter], schema: row(grantColumnKeys) },
  }),
  "/grants.ods": path({
    ...{ summary: "Elenco dei contributi, foglio di calcolo", type: formats.ods.media, most: true },
    parameters: [yearParameter, languageParameter],
  }),
  "/grants.pdf": path({
    ...{ summary: "Elenco dei contributi, da stampare (PDF/UA)", type: formats.pdf.media, most: true },
    parameters: [yearParameter, languageParameter],
  }),
  "/pacts.csv": path({
    ...{ summary: "Registro dei patti di collaborazione", type: formats.csv.media },
    parameters: [languageParameter],
  }),
  "/pacts.json": path({
    ...{ summary: "Registro dei patti, per i programmi", type: formats.json.media },
    schema: row(pactColumnKeys),
  }),
  "/pacts.ods": path({
    ...{ summary: "Registro dei patti, foglio di calcolo", type: formats.ods.media, most: true },
    parameters: [languageParameter],
  }),
  "/pacts.pdf": path({
    ...{ summary: "Registro dei patti, da stampare (PDF/UA)", type: formats.pdf.media, most: true },
    parameters: [languageParameter],
  }),
  "/ocds/releases.json": path({
    ...{ summary: "Bandi, patti e pagamenti: release OCDS 1.1", type: formats.json.media, schema: object },
  }),
  "/ocds/records.json": path({
    ...{ summary: "Bandi, patti e pagamenti: record OCDS 1.1", type: formats.json.media, schema: object },
  }),
  "/decisions.atom": path({
    ...{ summary: "Ultime decisioni, con la prova di ognuna", type: formats.atom.media },
    parameters: [languageParameter],
  }),
  "/catalogue.ttl": path({ summary: "Catalogo DCAT-AP_IT, Turtle", type: "text/turtle" }),
  "/catalogue.jsonld": path({ summary: "Catalogo DCAT-AP_IT, JSON-LD", type: "application/ld+json" }),
  "/openapi.json": path({ summary: "Questa descrizione", type: formats.json.media, schema: object }),
} as const;

export type ApiPath = keyof typeof apiPaths;

export function openApi(origin: string, municipality: { slug: string; name: string }): object {
  return {
    openapi: "3.1.0",
    info: {
      title: `Co-City: dati aperti del Comune di ${municipality.name}`,
      version: "1.0.0",
      description:
        "Sola lettura, senza chiavi, da qualsiasi sito. Ogni risposta ha un ETag: chi lo rimanda con If-None-Match riceve 304 finché niente cambia.",
      license: licence,
    },
    servers: [{ url: `${origin}/api/open-data/${municipality.slug}` }],
    paths: apiPaths,
  };
}
