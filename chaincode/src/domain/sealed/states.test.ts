/** Every step of a sealed round, tried by every role in every state that the story comes by, against the workflow table. */
import { beforeAll, expect, test, vi } from "vitest";
import type { ErrorCode } from "../../../../protocol/errors";
import type { Actor, Role } from "../../../../protocol/primitives";
import type { RecordOf } from "../../../../protocol/records";
import { sealingStates } from "../../../../protocol/records/sealed";
import type { sealedTransactions } from "../../../../protocol/transactions/sealed";
import { NEW } from "../../../../protocol/workflow/step";
import { workflow } from "../../../../protocol/workflow/table";
import { City } from "../../../testing/city";
import { testEveryRole } from "../../../testing/every-role";
import { act } from "../../../testing/founding-inputs";
import { digest } from "../../../testing/keys";
import { people, person, torino } from "../../../testing/people";
import { group, hex, keysOffered, publicKeys, published, tieOf } from "../../../testing/sealed-election";
import {
  announcement,
  castGroup,
  finalCasts,
  firstCasts,
  id,
  programs,
  reception,
  released,
  sealedFreeze,
  sealedOutcome,
  trustees,
  withAnnounced,
  withKeys,
  withReveals,
  withSealedClosed,
  withSealedFrozen,
  withSealedListed,
  withSealedOpen,
  withSealedPublished,
  withSealedPurged,
  withSealedReleased,
  withSealedVotes,
} from "../../../testing/sealed-story";

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const withAllPublished = async (city: City) => {
  await withSealedPurged(city);
  for (const area of [1, 2])
    await city.submit(programs.opener, "sealed:publish", published(id, await finalCasts(city, area)));
};
const withoutOne = async (city: City) => {
  await withKeys(city);
  for (const issuer of [1, 2] as const)
    await city.submit(programs.issuers[issuer - 1] as Actor, "sealed:revealTie", {
      ...{ round: id, reveal: hex(tieOf(issuer)) },
    });
};
const stages = [
  withAnnounced,
  withKeys,
  withoutOne,
  withReveals,
  withSealedFrozen,
  withSealedOpen,
  withSealedVotes,
  withSealedClosed,
  withSealedListed,
  withSealedPurged,
  withAllPublished,
  withSealedPublished,
  withSealedReleased,
];

type Name = keyof typeof sealedTransactions | "rounds:freeze" | "rounds:count";

/** A right input of each step by somebody of an organisation, as the city stands. */
const inputs: { readonly [N in Name]: (city: City, actor: Actor) => Promise<object> } = {
  "sealed:announce": async () => announcement({ id: "round-other" }),
  "sealed:offerKeys": async (_, { organisation }) => keysOffered(id, numberOf(organisation), 3),
  "sealed:offerServiceKey": async (_, { organisation }) => {
    const keys = { Comune: publicKeys.relay, Case: publicKeys.copyKeeper, Garanti: publicKeys.opener };
    return { round: id, key: hex(keys[organisation]) };
  },
  "sealed:offerTrusteeKey": async (_, { organisation }) => ({
    ...{ round: id, key: hex(publicKeys.trustees[numberOf(organisation) - 1] as Uint8Array) },
  }),
  "sealed:revealTie": async (_, { organisation }) => ({
    round: id,
    reveal: hex(tieOf(numberOf(organisation))),
  }),
  "sealed:reportIssued": async () => ({
    ...{ round: id, day: "2026-02-01", issued: [], refused: 0, waiting: 0, paper: 0, root: digest("issued") },
  }),
  "sealed:cast": async (city) => {
    const { input, envelopes } = hasRound(city) ? group(id, await firstCasts(city, 2)) : laterGroup;
    city.envelopes = envelopes;
    return input;
  },
  "sealed:endReception": async (city) => (hasRound(city) ? reception(city) : { ...noReception }),
  "sealed:prolong": async () => ({
    ...{
      round: id,
      closesAt: "2026-02-14T20:00:00Z",
      act: act("prolonged"),
      reasonDigest: digest("waiting"),
    },
  }),
  "sealed:list": async () => ({ round: id }),
  "sealed:purge": async () => ({ round: id }),
  "sealed:publish": async (city) =>
    published(id, hasRound(city) ? await finalCasts(city, 2) : await standIns()),
  "sealed:completePublication": async () => ({ round: id }),
  "sealed:release": async (_, { organisation }) => released(numberOf(organisation) - 1),
  "rounds:freeze": (city) => sealedFreeze(city),
  "rounds:count": async () => ({ id, outcome: sealedOutcome() }),
};
const names = Object.keys(inputs) as Name[];

/** Where there is no round yet its ballots are those of the story. */
let laterGroup: ReturnType<typeof group>;
const noReception: Record<string, unknown> = {};
const standIns = async () => finalCasts(await City.after(withSealedClosed), 2);

beforeAll(async () => {
  const city = await City.after(withSealedOpen);
  laterGroup = group(id, await firstCasts(city, 2));
  Object.assign(noReception, await reception(city));
});

/** Refusals of what the table allows: a rule beside it stands in the way in some of the states. */
const besideTheTable: { readonly [N in Name]?: readonly ErrorCode[] } = {
  "sealed:offerKeys": ["already_exists"],
  "sealed:offerServiceKey": ["already_exists"],
  "sealed:offerTrusteeKey": ["already_exists"],
  "sealed:revealTie": ["reveal_too_early", "already_exists"],
  "sealed:cast": ["ballot_already_cast"],
  "sealed:endReception": ["already_exists"],
  "sealed:purge": ["nothing_left"],
  "sealed:publish": ["already_exists"],
  "sealed:completePublication": ["purge_incomplete", "publication_incomplete"],
  "rounds:freeze": ["sealing_incomplete"],
};

interface States {
  readonly sealing: string;
  readonly round: string;
}

function statesIn(city: City): States {
  return {
    sealing: city.record("sealing", id).state,
    round: city.state.get<RecordOf<"round">>([torino, "round", id])?.state ?? "none",
  };
}

async function cityAfter(stage: (city: City) => Promise<void>): Promise<City> {
  const city = await City.after(stage);
  city.now = Date.parse("2032-01-01T10:00:00Z");
  return city;
}

/** What the table has against a step in these states, as codes. */
function against(name: Name, { sealing, round }: States): ErrorCode[] {
  const { moves, asks } = workflow[name];
  return [...moves, ...asks].flatMap(({ record, from, refusal }) => {
    if (from.includes(NEW)) return [];
    if (record === "sealing" && !from.includes(sealing)) {
      return name === "sealed:release" ? [refusal, "publication_incomplete" as const] : [refusal];
    }
    if (record !== "round") return [];
    if (round === "none") return ["not_found" as const];
    return from.includes(round) ? [] : [refusal];
  });
}

testEveryRole(names, {
  ...{ stages, cityAfter, actorOf, statesIn, against, besideTheTable },
  inputOf: (name, city, actor) => inputs[name](city, actor),
});

test("the story comes by every state of a sealing", async () => {
  const come = await Promise.all(
    stages.map(async (stage) => (await City.after(stage)).record("sealing", id).state),
  );
  expect(new Set(come)).toEqual(new Set(sealingStates));
});

test("what is not recorded in time of an envelope is void once the days for it are over", async () => {
  const city = await City.after(withSealedPurged);
  await city.submit(programs.opener, "sealed:publish", published(id, (await finalCasts(city, 2)).slice(1)));
  await city.submit(programs.opener, "sealed:publish", published(id, await finalCasts(city, 1)));
  await city.advanceTo("2026-02-14");
  const early = await city.refusal(programs.opener, "sealed:completePublication", { round: id });
  expect(early).toBe("publication_incomplete");
  await city.advanceTo("2026-02-15");
  await city.submit(programs.opener, "sealed:completePublication", { round: id });
  expect(city.record("sealing", id)).toMatchObject({
    ...{ state: "published", publication: { published: 50, missing: 1 } },
  });
});

test("a cast that was endorsed before the closing is not committed after it", async () => {
  const city = await City.after(withSealedOpen);
  const { input, envelopes } = group(id, await firstCasts(city, 1));
  city.envelopes = envelopes;
  const { simulation } = await city.simulate(programs.opener, "sealed:cast", input);
  await city.submit(people.service, "rounds:close", { id });
  expect(city.state.commit(simulation)).toBe(false);
});

test("a vote that the guarantors prolong takes ballots until the later instant, and closes after it", async () => {
  const city = await City.after(withSealedOpen);
  await city.submit(people.guarantor, "sealed:prolong", {
    ...{
      round: id,
      closesAt: "2026-02-14T20:00:00Z",
      act: act("prolonged"),
      reasonDigest: digest("waiting"),
    },
  });
  const { closesAt, prolongedTo } = city.record("round", id);
  expect({ closesAt, prolongedTo }).toEqual({
    ...{ closesAt: "2026-02-10T20:00:00Z", prolongedTo: "2026-02-14T20:00:00Z" },
  });
  await city.advanceTo("2026-02-12");
  // The frozen instant and its days of grace are over, and the size of groups is still asked.
  expect((await castGroup(city, await firstCasts(city, 1))).ballots.every(({ accepted }) => accepted)).toBe(
    true,
  );
  const two = (await firstCasts(city, 2)).slice(0, 2);
  await expect(castGroup(city, two)).rejects.toMatchObject({ code: "group_too_small" });
  city.now = Date.parse("2026-02-15T19:59:59Z");
  expect(await city.refusal(people.service, "rounds:close", { id })).toBe("too_early");
  await city.advanceTo("2026-02-15");
  await castGroup(city, two);
  city.now = Date.parse("2026-02-15T20:00:00Z");
  await city.submit(people.service, "rounds:close", { id });
});

test("groups of different areas do not meet each other", async () => {
  const city = await City.after(withSealedOpen);
  const simulations = await Promise.all(
    [1, 2].map(async (area) => {
      const own = new City(city.state);
      const { input, envelopes } = group(id, await firstCasts(city, area));
      own.envelopes = envelopes;
      return (await own.simulate(programs.opener, "sealed:cast", input)).simulation;
    }),
  );
  expect(simulations.map((simulation) => city.state.commit(simulation))).toEqual([true, true]);
  await expect(castGroup(city, await firstCasts(city, 1))).rejects.toMatchObject({
    code: "ballot_already_cast",
  });
});

function hasRound(city: City): boolean {
  return city.state.get([torino, "round", id]) !== undefined;
}

function numberOf(organisation: Actor["organisation"]): 1 | 2 | 3 {
  return ({ Comune: 1, Case: 2, Garanti: 3 } as const)[organisation];
}

function actorOf(role: Role, organisation: Actor["organisation"]): Actor {
  const own = trustees.find((one) => one.role === role && one.organisation === organisation);
  return own ?? person(`${role.replaceAll("_", "-")}-somebody`, role, organisation);
}
