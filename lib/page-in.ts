/** Which page of a list an address asks for, and how many there are. Pure. */

/** The first where it says none that there can be. */
export function pageIn(value: string | string[] | undefined): number {
  const page = Math.trunc(Number(value));
  return page >= 1 && page <= 10_000 ? page : 1;
}

/** How many pages a list of so many entries has: one where it is empty. */
export function pagesOf(count: number, perPage: number): number {
  return Math.max(1, Math.ceil(count / perPage));
}
