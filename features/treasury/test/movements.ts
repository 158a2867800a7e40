import type { Movement } from "../movement";

let mark = 0;
/** A row of the journal of its own, of order 1/2026, other where `change` says so. */
export const moved = (operation: Movement["operation"], change: Partial<Movement> = {}): Movement => {
  mark += 1;
  return {
    ...{
      source: "journal",
      year: 2026,
      order: 1,
      payee: 1,
      operation,
      amountCents: 100_00,
      on: "2026-11-05",
    },
    ...{ receipt: null, mark: String(mark), ownFlow: false, ...change },
  };
};
