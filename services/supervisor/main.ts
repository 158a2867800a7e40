/*
 * The supervisor of one Co-City, as `npm start` runs it once everything is built: starts the data folder's processes,
 * keeps them running and stops them.
 */
import { join } from "node:path";
import { EnvironmentError, env, isTrialSignIn, variableNames } from "@/lib/env";
import { MigrationError, migrate } from "@/prisma/migrate";
import { trialPeople } from "../../prisma/seed/trial-people";
import { backUp } from "./back-up";
import { startControl } from "./control";
import { type DataFolder, openDataFolder, readDescription, writeDescription } from "./data-folder";
import { environmentOf } from "./environment";
import { StartFailure } from "./failure";
import { checkPort } from "./ports";
import { markRunning } from "./running";
import { seed } from "./seed";
import type { Service } from "./service";
import { announce, checkSignIn, describeServices, type Services } from "./services";
import { holdVote, voteLines } from "./trial-vote";
import { words } from "./words";

let folder: DataFolder | undefined;
let services: Services | undefined;
let control: { close(): Promise<void> } | undefined;
let vote: Promise<void> | undefined;
let stopping: Promise<never> | undefined;
const interrupted = new AbortController();

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => {
    stopping ??= stop(0);
  });
}

try {
  checkSignIn();
  await checkPort(env.HOST, env.PORT);
  if (isTrialSignIn()) await checkPort(env.HOST, env.SIGNER_PORT, "SIGNER_PORT");
  folder = await openDataFolder(env.COCITY_DATA);
  await markRunning();
  console.log(folder.made ? words.folderMade(folder.path) : words.folder(folder.path));
  services = describeServices(folder);
  await startAll(folder, services);
} catch (error) {
  // A stop that was asked for makes whatever was under way fail: that is no news.
  if (!stopping) {
    console.error(`\n${explain(error)}`);
    stopping = stop(1);
  }
}

async function startAll(folder: DataFolder, services: Services): Promise<void> {
  const start = async (service: Service | undefined) => {
    if (!service || stopping) return;
    announce(service);
    await service.start();
  };
  // Neither needs the database before somebody asks for a page.
  const fronts = Promise.all([start(services.identity), start(services.site)]);
  // Awaited further down, where its failure is reported; until then it must not go unhandled.
  fronts.catch(() => undefined);
  // The chaincode is configured with the recovery keys that the signer holds.
  const ledger = start(services.signer).then(() => start(services.ledger));
  await Promise.all([start(services.database), ledger]);
  const url = services.environment.DATABASE_URL ?? "";
  const applied = await migrate(url);
  if (applied.length > 0) console.log(words.migrating(applied.length));
  await Promise.all([fronts, start(services.worker)]);
  control = await startControl(folder.path, folder.sockets.control, services.ledger, url);
  if (!stopping) console.log(words.startingParts);
  // The story has a sealed round, which the parts give their keys for.
  const parts = Promise.all(services.parts.map((part) => (stopping ? undefined : part.start())));
  parts.catch(() => undefined);
  // The stories of the trial data set the chain's day themselves: it goes on by itself only after them.
  await tellStory(folder, services);
  await start(services.housekeeping);
  await parts;
  if (stopping) return;
  await welcome(folder, services);
  const hasLedger = services.ledger !== undefined;
  if (services.signer) vote = holdVote(folder.path, services.environment, interrupted.signal, hasLedger);
  vote?.catch((error: unknown) => console.error(explain(error)));
}

/** Tells the stories at the first start, and gives those of an earlier version their register of people in office. */
async function tellStory(
  { path, description }: DataFolder,
  { signer, environment }: Services,
): Promise<void> {
  const { seeded, registered } = description;
  if (registered || stopping) return;
  // Nobody else could sign for the people of the stories.
  if (!signer) return console.log(seeded ? words.registerMissing : words.nothingTold);
  if (seeded) console.log(words.introducing(await backUp(path, "before-register")));
  else console.log(words.seeding);
  await seed({
    environment: environmentOf("seed", environment, variableNames),
    logFile: join(path, "logs", "seed.log"),
    signal: interrupted.signal,
    args: seeded ? ["--introduce-register"] : [],
  });
  const now = new Date().toISOString();
  const trialVote = { state: "waits" as const, failures: 0 };
  await writeDescription(path, {
    ...(seeded ? {} : { seeded: now, trialVote }),
    ...description,
    registered: now,
  });
}

async function welcome(folder: DataFolder, services: Services): Promise<void> {
  const { trialVote } = await readDescription(folder.path);
  const lines = ["", words.ready, words.lookAt(env.ORIGIN), words.logs(join(folder.path, "logs"))];
  if (services.identity) lines.push("", words.signInAs, ...examples().map((example) => `  ${example}`));
  const voteNews = services.signer ? voteLines(trialVote, folder.path, services.ledger !== undefined) : [];
  if (voteNews.length > 0) lines.push("", ...voteNews);
  if (services.ledger) lines.push("", words.embeddedNotice);
  lines.push("", words.partsNotice);
  console.log([...lines, words.stopHint].join("\n"));
}

/** One trial person for each role. */
function examples(): string[] {
  const seen = new Set<string>();
  return trialPeople.flatMap(({ givenName, familyName, municipality, roles }) => {
    const role = roles[0]?.role ?? "resident";
    if (municipality !== "torino" || seen.has(role)) return [];
    seen.add(role);
    return [`${`${givenName} ${familyName}`.padEnd(20)} ${words.roles[role]}`];
  });
}

async function stop(code: number): Promise<never> {
  if (code === 0) console.log(`\n${words.stopping}`);
  interrupted.abort();
  await control?.close();
  await vote?.catch(() => undefined);
  if (services) {
    const { database, ledger, identity, signer, parts, worker, housekeeping, site } = services;
    const first = [identity, signer, ...parts, worker, housekeeping, site];
    await Promise.all(first.map((service) => service?.stop()));
    await Promise.all([database?.stop(), ledger?.stop()]);
  }
  await folder?.release();
  if (code === 0) console.log(words.stopped);
  process.exit(code);
}

function explain(error: unknown): string {
  if (error instanceof StartFailure) return error.message;
  if (error instanceof EnvironmentError) return words.failed.environment(error.message);
  if (error instanceof MigrationError) return words.failed.migration(error.message);
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
