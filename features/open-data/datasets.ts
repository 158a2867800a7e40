/** What a municipality publishes as open data, as the page lists it and the catalogue describes it. */

export const datasetIds = ["grants", "payments", "pacts", "contracting", "ballots", "decisions"] as const;
export type DatasetId = (typeof datasetIds)[number];

/** Formats with their media type and their name in the file-type list of the EU's Publications Office. */
export const formats = {
  csv: { media: "text/csv", authority: "CSV" },
  json: { media: "application/json", authority: "JSON" },
  ods: { media: "application/vnd.oasis.opendocument.spreadsheet", authority: "ODS" },
  pdf: { media: "application/pdf", authority: "PDF" },
  atom: { media: "application/atom+xml", authority: "ATOM" },
  pb: { media: "text/plain", authority: "TXT" },
} as const;
export type Format = keyof typeof formats;

export type Distribution = {
  format: Format;
  /** Path and query on this site. */
  path: string;
  /** What it is of, where a dataset has more than one of a format. */
  of?: string;
};

export type Dataset = { id: DatasetId; modified: Date; distributions: Distribution[] };

/** Themes of datasets: economy and finance, government and public sector (EU data-theme list). */
export const themes: Record<DatasetId, "ECON" | "GOVE"> = {
  grants: "GOVE",
  payments: "ECON",
  pacts: "GOVE",
  contracting: "ECON",
  ballots: "GOVE",
  decisions: "GOVE",
};

export const licence = {
  name: "Creative Commons Attribuzione 4.0 Internazionale (CC BY 4.0)",
  url: "https://creativecommons.org/licenses/by/4.0/",
} as const;
