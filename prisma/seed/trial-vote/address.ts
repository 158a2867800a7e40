/** The round has the same address in every trial, so that it can be told before it is there. */
export const trialVote = {
  municipality: "aglie",
  id: "ced81c06-bb7c-4f50-81fa-b77ac9b19669",
  title: "Tre angoli del paese: un voto segreto",
  /** As `createRound` makes it of title and id. */
  slug: "tre-angoli-del-paese-un-voto-segreto-ced8",
} as const;
