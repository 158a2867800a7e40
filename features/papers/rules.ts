/** What a party can sign on paper, by its form's name. */
export const paperKinds = ["pact", "evidence", "request", "report"] as const;
export type PaperKind = (typeof paperKinds)[number];
