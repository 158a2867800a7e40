/** What the control room shows, as its address says it: filters, how sums are grouped, and as of which day. Pure. */
import { z } from "zod";
import { Id, Label } from "@/protocol/primitives";
import { paymentStates } from "@/protocol/records/money";
import { pactForms } from "@/protocol/records/pacts";

export const groupings = ["year", "fund", "line", "district", "form", "payee", "commons", "state"] as const;
export type Grouping = (typeof groupings)[number];

const schema = z.object({
  al: z.iso.date().optional().catch(undefined),
  per: z.enum(groupings).catch("year"),
  anno: z.coerce.number().int().min(2000).max(2100).optional().catch(undefined),
  fondo: Label.optional().catch(undefined),
  linea: Id.optional().catch(undefined),
  circoscrizione: z.coerce.number().int().min(1).max(99).optional().catch(undefined),
  forma: z.enum(pactForms).optional().catch(undefined),
  beneficiario: Id.optional().catch(undefined),
  bene: Id.optional().catch(undefined),
  stato: z.enum(paymentStates).optional().catch(undefined),
  pagina: z.coerce.number().int().min(1).max(10_000).catch(1),
});

export type View = z.infer<typeof schema>;

export type Address = Readonly<Record<string, string | string[] | undefined>>;

/** Whatever an address says that is no view is left out. */
export function viewOf(address: Address): View {
  const single = Object.entries(address).filter(([, value]) => typeof value === "string" && value !== "");
  return schema.parse(Object.fromEntries(single));
}

/** The view in an address of its own: what is usual is not said. */
export function queryOf({ per, pagina, ...filters }: View): Record<string, string> {
  const said = Object.entries(filters).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return {
    ...Object.fromEntries(said),
    ...(per !== "year" && { per }),
    ...(pagina > 1 && { pagina: String(pagina) }),
  };
}

const filterOf: Record<Grouping, keyof View> = {
  ...{ year: "anno", fund: "fondo", line: "linea", district: "circoscrizione", form: "forma" },
  ...{ payee: "beneficiario", commons: "bene", state: "stato" },
};

/** The view of what one row of the sums is made of; undefined for what lies in no group. */
export function within(view: View, key: string): View | undefined {
  if (key === "") return undefined;
  const { per } = view;
  const next: Record<Grouping, Grouping> = {
    ...{ year: "line", fund: "line", line: "commons", district: "commons", form: "commons" },
    ...{ payee: "commons", commons: "payee", state: "commons" },
  } as const;
  return viewOf({ ...queryOf(view), [filterOf[per]]: key, per: next[per], pagina: "1" });
}

/** Whether anything but the day narrows the view, and whether only what a budget line has of its own does. */
export function isNarrowed({ anno, fondo, linea, ...others }: View): { any: boolean; beyondLines: boolean } {
  const { circoscrizione, forma, beneficiario, bene, stato } = others;
  const beyondLines = [circoscrizione, forma, beneficiario, bene, stato].some((one) => one !== undefined);
  return { beyondLines, any: beyondLines || [anno, fondo, linea].some((one) => one !== undefined) };
}
