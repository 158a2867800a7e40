/** The three organisations of the ledger, as in production. */
export const organisations = [
  { name: "comune", mspId: "ComuneMSP", caName: "ca-comune", title: "Comune" },
  { name: "case", mspId: "CaseMSP", caName: "ca-case", title: "Case del Quartiere" },
  { name: "garanti", mspId: "GarantiMSP", caName: "ca-garanti", title: "Garanti" },
] as const;

export type OrganisationDescription = (typeof organisations)[number];

/** Valid transactions carry endorsements of this many different organisations. */
export const requiredEndorsements = 2;
