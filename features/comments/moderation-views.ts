/** How a decision about a comment, and an objection to it, are shown: by the office that took it, not by its person. */
import type { Office } from "./rules";

export type Decision = {
  id: string;
  hides: boolean;
  ground: string;
  norm: string;
  facts: string;
  reasons: string;
  revision: number;
  office: Office | null;
  at: Date;
};

export type Appeal = {
  id: string;
  decision: string;
  text: string;
  at: Date;
  decided: { at: Date; reversed: boolean; reasons: string; office: Office } | null;
};

export function decisionView(row: {
  id: string;
  hides: boolean;
  ground: string;
  norm: string;
  facts: string;
  reasons: string;
  revision: number;
  organisation: string;
  role: string;
  createdAt: Date;
}): Decision {
  const { id, hides, ground, norm, facts, reasons, revision, createdAt } = row;
  return { ...{ id, hides, ground, norm, facts, reasons, revision }, office: officeIn(row), at: createdAt };
}

export function appealView(row: {
  id: string;
  decision: string;
  text: string;
  createdAt: Date;
  decidedAt: Date | null;
  reversed: boolean | null;
  reasons: string;
  organisation: string | null;
  role: string | null;
}): Appeal {
  const { id, decision, text, createdAt, decidedAt, reversed, reasons } = row;
  const office = officeIn(row);
  return {
    ...{ id, decision, text, at: createdAt },
    decided: decidedAt && office ? { at: decidedAt, reversed: reversed === true, reasons, office } : null,
  };
}

/** None of a decision whose office was not kept, and of people who act for none. */
export function officeIn({
  organisation,
  role,
}: {
  organisation: string | null;
  role: string | null;
}): Office | null {
  return organisation && role ? ({ organisation, role } as Office) : null;
}
