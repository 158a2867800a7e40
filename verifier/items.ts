/** What is checked, each under a name of its own, in the order of the answer. */
export const items = {
  evidence: "The evidence is whole: no block is missing, from the first to the last",
  chain: "Each block follows the one before it and holds the transactions its header names",
  blockSignatures: "Each block is signed by an orderer of the channel",
  organisations: "The organisations' root certificates are those expected, and never change",
  transactions: "Each transaction is signed by whoever sent it and endorsed by peers of two organisations",
  validity: "What counts as valid read the state that was there, and nothing valid was left out",
  acts: "What people in office did is signed with their own passkeys",
  writers:
    "Each record was written by the transaction that may write it, by whoever may send it, in its phase",
  records: "Each record has the form that the protocol gives it",
  freeze: "What was frozen hashes to F, and was never written again",
  areas: "Small areas are joined as the rule says, and the rolls are those announced",
  keys: "All keys are there, usable, each once, and never written again",
  ties: "Each number of the draw is the one committed to",
  issuance: "Credentials told never fall and are no more than the roll; ballots are no more than credentials",
  admissions: "Each key is admitted by two organisations, in a place of the roll of its own",
  ballots: "Each ballot is signed by its voter and brings the credentials of its area",
  order: "Of each key ballots follow one another; of one place the first stands",
  groups: "Ballots were recorded in groups of one area and of enough different keys",
  reception: "Both keepers signed the end of the reception, and no more was recorded than was received",
  desks: "At desks two organisations vouched for each person and confirmed where every sheet is",
  sheets: "Sheets were entered by two organisations, before any key was released, and each of them counts",
  list: "The list of ballots that stand, its root, its counts, and which areas are opened",
  purge: "Superseded envelopes were purged before any key was released",
  publication: "Published envelopes are those of the ballots that stand, in opened areas alone",
  release: "Released secrets are those of the frozen keys",
  openings: "Each envelope is opened, and made again byte by byte",
  ballotKeys: "No key K opens two ballots",
  outcome: "The outcome follows from the ballots by the frozen rule",
  attestations: "Enough organisations attested this very outcome",
  claims: "Promises handed to the verifier were kept",
} as const;

export type Item = keyof typeof items;
export const itemNames = Object.keys(items) as Item[];
