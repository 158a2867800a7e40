/** A row of the list of grants (arts. 26–27 D.Lgs. 33/2013), as page, spreadsheet and programs show it. */
import { type Column, type ColumnKind, columnsOf, type Value } from "@/lib/export/table";

export type GrantView = {
  /** The commitment's, for good. */
  id: string;
  /** Empty where the name is not published: a code then stands in its place. */
  beneficiary: string;
  beneficiaryCode: string;
  fiscalCode: string | null;
  amountCents: bigint;
  legalBasis: string;
  act: string;
  office: string;
  responsibleOfficer: string;
  selectionMethod: string;
  projectLink: string;
  commons: { slug: string; name: string };
  pact: { slug: string } | null;
  pactLink: string | null;
  grantedOn: string;
  publishedOn: string;
  fictional: boolean;
  transactionId: string;
};

const kinds = {
  id: "identifier",
  beneficiary_name: "text",
  beneficiary_fiscal_data: "identifier",
  amount_eur: "cents",
  legal_basis_or_title: "text",
  act: "identifier",
  office: "text",
  responsible_officer: "text",
  selection_method: "text",
  project_link: "text",
  pact_link: "text",
  // Bodies have none: the column is the statute's.
  cv_link: "text",
  granted_on: "day",
  published_on: "day",
  demonstration: "text",
  transaction: "identifier",
} as const satisfies Record<string, ColumnKind>;

export type GrantColumn = keyof typeof kinds;
export const grantColumnKeys = Object.keys(kinds) as GrantColumn[];

export type GrantWords = {
  heading: (column: GrantColumn) => string;
  yes: string;
  no: string;
};

export const plainWords: GrantWords = { heading: (column) => column, yes: "true", no: "false" };

export function grantColumns({ heading }: GrantWords): Column[] {
  return columnsOf(kinds, heading);
}

export function grantCells(grant: GrantView, words: GrantWords): Value[] {
  const cells: Record<GrantColumn, Value> = {
    id: grant.id,
    beneficiary_name: grant.beneficiary || grant.beneficiaryCode,
    beneficiary_fiscal_data: grant.fiscalCode,
    amount_eur: grant.amountCents,
    legal_basis_or_title: grant.legalBasis,
    act: grant.act,
    office: grant.office,
    responsible_officer: grant.responsibleOfficer,
    selection_method: grant.selectionMethod,
    project_link: grant.projectLink,
    pact_link: grant.pactLink,
    cv_link: null,
    granted_on: grant.grantedOn,
    published_on: grant.publishedOn,
    demonstration: grant.fictional ? words.yes : words.no,
    transaction: grant.transactionId,
  };
  return grantColumnKeys.map((key) => cells[key]);
}

export type GrantFilter = { q?: string; office?: string };

/** Grants whose beneficiary, office or title holds the words, of one office where one is given. */
export function filterGrants(
  grants: readonly GrantView[],
  { q = "", office = "" }: GrantFilter,
): GrantView[] {
  const words = q.toLocaleLowerCase("it").split(/\s+/).filter(Boolean);
  return grants.filter((grant) => {
    const text = `${grant.beneficiary} ${grant.legalBasis} ${grant.commons.name}`.toLocaleLowerCase("it");
    return (!office || grant.office === office) && words.every((word) => text.includes(word));
  });
}

const sortValues: Record<string, (grant: GrantView) => string | bigint> = {
  beneficiary: ({ beneficiary, beneficiaryCode }) => beneficiary || beneficiaryCode,
  amount: ({ amountCents }) => amountCents,
  office: ({ office }) => office,
  grantedOn: ({ grantedOn }) => grantedOn,
};

/** Grants by a column of their table; what the address asks for otherwise is taken as the date. */
export function sortGrants(
  grants: readonly GrantView[],
  sort: { column: string; direction: "ascending" | "descending" },
): GrantView[] {
  const value = Object.hasOwn(sortValues, sort.column) ? sortValues[sort.column] : sortValues.grantedOn;
  const sign = sort.direction === "ascending" ? 1 : -1;
  return [...grants].sort((a, b) => {
    const [first, second] = [value?.(a) ?? "", value?.(b) ?? ""];
    if (typeof first === "string" && typeof second === "string")
      return sign * first.localeCompare(second, "it") || a.id.localeCompare(b.id);
    return first === second ? a.id.localeCompare(b.id) : first < second ? -sign : sign;
  });
}
