import type { Messages } from "next-intl";

/** Terms that are explained, by the name of their words in `messages/*.json` under `glossary.terms`. */
export type Term = keyof Messages["glossary"]["terms"];

export const terms: readonly Term[] = [
  "commons",
  "pact",
  "regulation",
  "call",
  "adhesion",
  "coDesign",
  "threshold",
  "equalShares",
  "attestation",
  "determina",
  "delibera",
  "giunta",
  "circoscrizione",
  "budgetLine",
  "commitment",
  "milestone",
  "liquidation",
  "paymentOrder",
  "cup",
  "cig",
  "ledger",
  "block",
  "digest",
  "receipt",
  "passkey",
  "house",
  "guarantors",
  "pec",
];
