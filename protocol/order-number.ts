/** Which row of which treasury order a payment's order number names: the ledger and the treasury's files read it alike. Pure. */

export type OrderKey = { year: number; order: number; payee: number };

const isYear = (text: string) => /^(?:19|20)\d\d$/.test(text);

/**
 * `1234`, `1234/2026`, `2026/1234`, with `-2` behind the number for the second payee of an order; the year is that of
 * `orderedOn` where none is written, the payee the first. Spaces say nothing. Undefined for what is no such number.
 */
export function orderKeyOf(orderNumber: string, orderedOn: string): OrderKey | undefined {
  const plain = orderNumber.normalize("NFKC").toUpperCase().replaceAll(/\s+/g, "");
  const match =
    /^(?:M(?:AND(?:ATO|\.)?)?[.-]*)?(?:N[.°]*)?(\d{1,7})(?:-(\d{1,7}))?(?:\/(\d{1,7})(?:-(\d{1,7}))?)?$/.exec(
      plain,
    );
  if (!match) return undefined;
  const [, first = "", firstPayee, second, secondPayee] = match;
  if (second === undefined) return keyOf(orderedOn.slice(0, 4), first, firstPayee);
  if (isYear(second) && secondPayee === undefined && !(isYear(first) && firstPayee === undefined))
    return keyOf(second, first, firstPayee);
  if (isYear(first) && firstPayee === undefined && !isYear(second)) return keyOf(first, second, secondPayee);
  return undefined;
}

function keyOf(year: string, order: string, payee: string | undefined): OrderKey | undefined {
  const key = { year: Number(year), order: Number(order), payee: Number(payee ?? 1) };
  return key.order > 0 && key.payee > 0 ? key : undefined;
}

/** `123`, or `123-2` for the second payee of an order: as it is typed and printed. */
export function orderText({ order, payee }: { order: number; payee: number | null }): string {
  return payee === null || payee === 1 ? String(order) : `${order}-${payee}`;
}
