/** What a row of the workflow table says, and the words it is written in. */
import type { ErrorCode } from "../errors";
import type { RecordType } from "../records";
import type { TransactionName } from "../transactions";
import type { StateOf } from "./states";
import type { TermName } from "./terms";

/** A record that the transaction makes has no state before it. */
export const NEW = "new";

/** In which state a record must be, and in which the transaction leaves it. */
export interface Move {
  record: RecordType;
  /** Which one, where the transaction has to do with two of a type. */
  which: string | undefined;
  from: readonly string[];
  /** Empty when the record stays in its state, or is only looked at. */
  to: readonly string[];
  /** It can also stay where it is, as when further signatures are missing. */
  mayStay: boolean;
  /** What the transaction is refused with when the record is in another state. */
  refusal: ErrorCode;
  /** Once this step has been taken its state does not matter any more. */
  unless: TransactionName | undefined;
}

/** People who are no office, and several offices together. */
export type Party = "proponent" | "residents" | "parties" | "organisations";

export interface Step {
  /** The record that the step is taken on, then others that it makes or moves. */
  moves: readonly Move[];
  /** Records that must be in a state and are left as they are. */
  asks: readonly Move[];
  /** Who takes it, where its first role does not say it. */
  by?: Party;
  /** In which states of which records this is what everybody waits for; elsewhere it is a way out or a by-way. */
  awaited: { readonly [T in RecordType]?: readonly StateOf<T>[] };
  /** Taken by another person than whoever took these. */
  others: readonly TransactionName[];
  /** Taken by another person than these as well, unless a setting says that there is one person for both. */
  othersUnless?: { setting: "oneAccountant"; steps: readonly TransactionName[] };
  /** By somebody of another organisation than whoever took this. */
  otherOrganisation?: TransactionName;
  /** Refused to whoever has an interest in the proposal, its subject or its pact. */
  disinterested: boolean;
  /** By then people in office of two organisations have taken part. */
  twoOrganisations: boolean;
  /** It can be taken once all of these days have come. */
  notBefore: readonly TermName[];
  /** The last day on which it can be taken. */
  until?: TermName;
  /** The day by which it should be taken; later is late, and not refused. */
  due?: TermName;
}

/** A row: what becomes of which records, and what else the step needs. */
export function step(moves: Move | readonly Move[], rest: Partial<Omit<Step, "moves">> = {}): Step {
  return {
    ...{ asks: [], awaited: {}, others: [], notBefore: [] },
    ...{ disinterested: false, twoOrganisations: false },
    ...rest,
    moves: [moves].flat(),
  };
}

type From<T extends RecordType> = readonly (StateOf<T> | typeof NEW)[];
type More = Partial<Pick<Move, "which" | "refusal" | "mayStay" | "unless">>;

/** A record that is made. */
export function makes<T extends RecordType>(record: T, to: StateOf<T>): Move {
  return moves(record, [NEW], [to]);
}

/** A record that goes from one of some states to one of others. */
export function moves<T extends RecordType>(
  record: T,
  from: From<T>,
  to: readonly StateOf<T>[],
  more: More = {},
): Move {
  const usual = { which: undefined, mayStay: false, refusal: "wrong_state", unless: undefined } as const;
  return { record, ...usual, ...more, from, to };
}

/** A record that is written or only looked at, and stays in the state it must be in. */
export function keeps<T extends RecordType>(record: T, from: From<T>, more: More = {}): Move {
  return moves(record, from, [], more);
}
