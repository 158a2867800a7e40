/** Filters of the list of commons, as they stand in the address. What cannot be read is no filter. */
import { z } from "zod";
import { searchText } from "@/lib/text-field";
import { commonsKinds } from "./rules";
import { stages } from "./stage";

export type CommonsFilter = { search?: string; kind?: string; district?: number; stage?: string };

const schema = z.object({
  cerca: searchText(100),
  tipo: z.enum(commonsKinds).optional().catch(undefined),
  zona: z.coerce.number().int().min(1).max(99).optional().catch(undefined),
  stato: z.enum(stages).optional().catch(undefined),
});

export function commonsFilter(query: Readonly<Record<string, string | string[] | undefined>>): CommonsFilter {
  const { cerca, tipo, zona, stato } = schema.parse(query);
  return {
    ...(cerca && { search: cerca }),
    ...(tipo && { kind: tipo }),
    ...(zona && { district: zona }),
    ...(stato && { stage: stato }),
  };
}
