import { createHash } from "node:crypto";
import { canonicalJson } from "@/protocol/canonical-json";
import type { Asked } from "@/protocol/transactions/binding";

/** What a party signs on a printed form; `text` is that of a report. */
export type Said = { municipality: string; person: string; asked: Asked; text?: string };

/**
 * SHA-256 of what is said on a form, printed on it and computed again for each witness: a form that says something else
 * has another code. What only the record has (the id of a payment, the salted digest of a report) is no part of it.
 */
export function paperCode({ municipality, person, asked, text }: Said): string {
  const said = { municipality, person, ...withoutChance(asked), ...(text !== undefined && { text }) };
  return createHash("sha256")
    .update(`cocity paper 1\n${canonicalJson(said)}`)
    .digest("hex");
}

/** The code in groups that two people can compare aloud. */
export function inGroups(code: string): string {
  return code.match(/.{1,4}/g)?.join(" ") ?? "";
}

function withoutChance(asked: Asked): Record<string, unknown> {
  switch (asked.transaction) {
    case "pacts:sign":
      return asked;
    case "milestones:submitEvidence":
      return { ...asked, evidence: [...new Set(asked.evidence)].sort() };
    case "payments:request": {
      const { id: _, ...said } = asked;
      return said;
    }
    case "reports:submit": {
      const { digest: _, ...said } = asked;
      return said;
    }
  }
}
