import "server-only";
import { chainDay } from "@/features/calls/queries";
import { ballotsAreTold, ballotTransactions } from "@/features/rounds/rules";
import { db } from "@/lib/db";
import { tableFormats } from "@/lib/export/table";
import type { State } from "./answer";
import type { Dataset, DatasetId, Distribution } from "./datasets";
import { grantYears } from "./grant-queries";
import { hasProcesses } from "./ocds-queries";

type Municipality = { istatCode: string; slug: string };

const MOST_ROUNDS = 50;

/**
 * The last block about a municipality; before there is one, when its row was made. Votes do not count: whoever asks again
 * and again would see when somebody votes.
 */
export async function stateOf(municipality: string): Promise<State> {
  const last = await db.chainTransaction.findFirst({
    where: { municipality, code: 0, name: { notIn: [...ballotTransactions] } },
    orderBy: [{ block: "desc" }, { index: "desc" }],
    select: { block: true, statedTime: true },
  });
  if (last) return { block: last.block, time: last.statedTime };
  const { createdAt } = await db.municipality.findUniqueOrThrow({ where: { istatCode: municipality } });
  return { block: -1n, time: createdAt };
}

/** Everything there is to download, with when it changed last. */
export async function datasetsOf(municipality: { istatCode: string; slug: string }): Promise<Dataset[]> {
  const { istatCode, slug } = municipality;
  const [years, blocks, contracting, ballots, state] = await Promise.all([
    grantYears(istatCode),
    lastBlocks(istatCode),
    hasProcesses(istatCode),
    ballotFiles(municipality),
    stateOf(istatCode),
  ]);
  const times = await timesOf(istatCode, [...blocks.values()]);
  const modified = (id: DatasetId) => times.get(blocks.get(id) ?? -1n) ?? state.time;
  const api = `/api/open-data/${slug}`;
  const grants = years.flatMap((year) =>
    tableFormats.map((format) => ({
      ...{ format, of: String(year), path: `${api}/grants.${format}?year=${year}` },
    })),
  );
  const sets: [DatasetId, Distribution[]][] = [
    ["grants", grants],
    [
      "payments",
      tableFormats.map((format) => ({
        ...{ format, path: `/api/funds/${slug}/payments.${format}` },
      })),
    ],
    ["pacts", tableFormats.map((format) => ({ format, path: `${api}/pacts.${format}` }))],
    [
      "contracting",
      contracting
        ? [
            { format: "json", of: "releases", path: `${api}/ocds/releases.json` },
            { format: "json", of: "records", path: `${api}/ocds/records.json` },
          ]
        : [],
    ],
    ["ballots", ballots],
    ["decisions", [{ format: "atom", path: `${api}/decisions.atom` }]],
  ];
  return sets.flatMap(([id, distributions]) =>
    distributions.length > 0 ? [{ id, distributions, modified: modified(id) }] : [],
  );
}

/** The year whose grants a file holds when none is asked for. */
export async function currentYear(municipality: string): Promise<number> {
  return Number((await chainDay(municipality)).slice(0, 4));
}

async function lastBlocks(municipality: string): Promise<Map<DatasetId, bigint>> {
  const latest = { where: { municipality }, _max: { block: true } } as const;
  const [commitments, payments, pacts, rounds, calls] = await Promise.all([
    db.chainCommitment.aggregate(latest),
    db.chainPayment.aggregate(latest),
    db.chainPact.aggregate(latest),
    db.chainRound.aggregate(latest),
    db.chainCall.aggregate(latest),
  ]);
  const block = (of: { _max: { block: bigint | null } }) => of._max.block ?? -1n;
  const money = [commitments, payments, pacts, calls].map(block);
  const found: [DatasetId, bigint][] = [
    ["grants", block(commitments)],
    ["payments", block(payments)],
    ["pacts", block(pacts)],
    ["contracting", money.sort((a, b) => Number(b - a))[0] ?? -1n],
    ["ballots", block(rounds)],
  ];
  return new Map(found.filter(([, last]) => last >= 0n));
}

async function timesOf(municipality: string, blocks: bigint[]): Promise<Map<bigint, Date>> {
  const rows = await db.chainTransaction.findMany({
    where: { municipality, code: 0, block: { in: blocks }, name: { notIn: [...ballotTransactions] } },
    orderBy: { index: "asc" },
    select: { block: true, statedTime: true },
  });
  return new Map(rows.map(({ block, statedTime }) => [block, statedTime]));
}

/** Of votes that the ledger has closed, the latest ones. */
async function ballotFiles({ istatCode, slug }: Municipality): Promise<Distribution[]> {
  const rounds = await db.chainRound.findMany({
    where: { municipality: istatCode },
    orderBy: { closesAt: "desc" },
    take: MOST_ROUNDS,
    select: { id: true, state: true, ballotKind: true },
  });
  const sealed = new Set(rounds.filter(({ ballotKind }) => ballotKind === "sealed").map(({ id }) => id));
  const told = rounds.filter(({ state }) => ballotsAreTold(state)).map(({ id }) => id);
  const words = await db.round.findMany({
    where: { municipality: istatCode, id: { in: told } },
    select: { id: true, title: true },
  });
  return words.flatMap(({ id, title }) =>
    (sealed.has(id) ? (["pb"] as const) : (["csv", "pb"] as const)).map((format) => ({
      ...{ format, of: title, path: `/api/rounds/${slug}/${id}/ballots.${format}` },
    })),
  );
}
