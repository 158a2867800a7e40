/** What is searched for, as it stands in the address. What cannot be read is no filter. */
import { z } from "zod";
import { searchText } from "@/lib/text-field";
import { type Kind, kinds, LONGEST, MOST_PAGES } from "./rules";

export type SearchQuery = {
  text: string;
  kind: Kind | undefined;
  district: number | undefined;
  page: number;
};

const schema = z.object({
  q: searchText(LONGEST),
  tipo: z.enum(kinds).optional().catch(undefined),
  zona: z.coerce.number().int().min(1).max(99).optional().catch(undefined),
  pagina: z.coerce.number().int().min(1).max(MOST_PAGES).default(1).catch(1),
});

export function searchQuery(query: Readonly<Record<string, string | string[] | undefined>>): SearchQuery {
  const { q, tipo, zona, pagina } = schema.parse(query);
  return { text: q ?? "", kind: tipo, district: zona, page: pagina };
}
