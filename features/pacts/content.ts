/** The sections of a pact (regulation of urban commons, art. on the pact of collaboration), in the order of the document. */
export const sections = [
  "objectives",
  "actions",
  "roles",
  "duties",
  "earlyEnd",
  "collectiveUse",
  "governance",
  "monitoring",
  "publicity",
  "damageInsurance",
  "support",
  "supervision",
  "disputes",
  "endOfPact",
] as const;
export type Section = (typeof sections)[number];
export type PactContent = Partial<Record<Section, string>>;

/** Sections without which a pact cannot go to the ledger. */
export const requiredSections: readonly Section[] = ["objectives", "actions", "roles", "duties"];

export type PartyText = {
  id: string;
  name: string;
  subject?: string;
  organisation?: "Comune" | "Case" | "Garanti";
};
