/** What the registrars of the three organisations owe a sealed round, with the day of each, and how far it is. Pure. */
import { addDays, legalDay } from "@/protocol/days";
import type { RecordOf } from "@/protocol/records";
import { issuerNumberOf } from "@/protocol/records/sealed";
import { missingOf, type OrganisationName } from "./ceremony";

export type TaskName = "keys" | "daily" | "last" | "reception" | "publication" | "release";
/** `later`: its day has not come. `late`: it is over, and the task is not done. */
export type TaskState = "done" | "later" | "waiting" | "late";

export interface RegistrarTask {
  readonly name: TaskName;
  readonly organisation: OrganisationName;
  readonly state: TaskState;
  /** The last day for it; none where no rule sets one. */
  readonly due?: string;
  /** What was told last. */
  readonly told?: Pick<RecordOf<"issuance">, "day" | "refused" | "waiting" | "paper"> & {
    readonly issued: number;
  };
}

export interface RegistrarFacts {
  readonly sealing: RecordOf<"sealing">;
  readonly keys: readonly { readonly issuer: number; readonly area: number }[];
  readonly issuances: readonly RecordOf<"issuance">[];
  readonly opensOn: string;
  readonly closesAt: Date;
  /** Whether the round is frozen, and not annulled or counted. */
  readonly isRunning: boolean;
  /** The chain's. */
  readonly day: string;
  readonly now: Date;
}

const organisations = Object.keys(issuerNumberOf) as OrganisationName[];

export function registrarTasks(facts: RegistrarFacts): RegistrarTask[] {
  const { sealing, keys, opensOn, day } = facts;
  const missing = missingOf(sealing, keys).filter(({ what }) => what !== "trustee" && what !== "service");
  const isDue = (due: string): TaskState => (day > due ? "late" : "waiting");
  const gathered = organisations.map((organisation): RegistrarTask => {
    const isMissing = missing.some((one) => one.organisation === organisation);
    return { name: "keys", organisation, due: opensOn, state: isMissing ? isDue(opensOn) : "done" };
  });
  if (!facts.isRunning) return gathered;
  return [
    ...gathered,
    ...organisations.flatMap((organisation) => reports(facts, organisation)),
    ...ending(facts),
  ];
}

/** The daily counts while people vote, and the ones of the last day, with which ballots are compared. */
function reports(facts: RegistrarFacts, organisation: OrganisationName): RegistrarTask[] {
  const { issuances, closesAt, day } = facts;
  const own = issuances
    .filter(({ issuer }) => issuer === issuerNumberOf[organisation])
    .sort((a, b) => (a.day < b.day ? -1 : 1));
  const last = own.at(-1);
  const told = last && {
    ...{ day: last.day, refused: last.refused, waiting: last.waiting, paper: last.paper },
    issued: last.issued.reduce((sum, { count }) => sum + count, 0),
  };
  const closes = legalDay(closesAt.getTime());
  const isOver = voteIsOver(facts);
  const isTold = last !== undefined && last.day >= closes;
  const daily: TaskState =
    isOver || last?.day === day ? "done" : last && last.day < addDays(day, -1) ? "late" : "waiting";
  return [
    { name: "daily", organisation, state: daily, ...(!isOver && { due: day }), ...(told && { told }) },
    {
      ...{ name: "last", organisation, due: addDays(closes, 1) },
      state: !isOver ? "later" : isTold ? "done" : day > addDays(closes, 1) ? "late" : "waiting",
    },
  ];
}

/** What relay and copy-keeper sign together, what the opener publishes, and what trustees hand over. */
function ending(facts: RegistrarFacts): RegistrarTask[] {
  const { sealing, closesAt, day } = facts;
  const end = legalDay(closesAt.getTime() + sealing.graceMinutes * 60_000);
  const isOver = voteIsOver(facts);
  const published = addDays(end, sealing.publishDays);
  const state = (isDone: boolean, mayBegin: boolean, due?: string): TaskState =>
    isDone ? "done" : !mayBegin ? "later" : due !== undefined && day > due ? "late" : "waiting";
  return [
    ...(["Comune", "Case"] as const).map((organisation) => ({
      ...({ name: "reception", organisation, due: end } as const),
      state: state(sealing.reception !== undefined, isOver, end),
    })),
    {
      ...{ name: "publication", organisation: "Garanti", due: published },
      state: state(sealing.publication !== undefined, sealing.list !== undefined, published),
    },
    ...sealing.trustees.map(({ organisation }) => ({
      ...({ name: "release", organisation } as const),
      state: state(
        // Two of three are enough: the third owes nothing any more.
        sealing.state === "released" || sealing.released.some((one) => one.organisation === organisation),
        sealing.state === "published",
      ),
    })),
  ];
}

/** The hour counts on the chain's own day alone: a trial may be told in days that are long past. */
function voteIsOver({ closesAt, day, now }: RegistrarFacts): boolean {
  const closes = legalDay(closesAt.getTime());
  return day > closes || (day === closes && now >= closesAt);
}
