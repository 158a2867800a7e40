/**
 * Imports a roll of invented people, copies one for a round, or gives places to voters where many have one; bundled and
 * started by ../roll.ts with DATABASE_URL.
 */
import { freeSlot } from "@/features/ballots/slots-service";
import { readRoll, rollText } from "@/features/people/roll-file";
import { changeRoll } from "@/features/people/roll-service";
import { copyRoll } from "@/features/rounds/roll-service";
import { db } from "@/lib/db";

export interface RollFigures {
  readonly seconds: number;
  /** People put on the roll, or copied from it. */
  readonly size: number;
  /** Of the process that serves the site's part; the database is another one. */
  readonly peakMemoryMB: number;
  /** What a place and its row cost one voter more: the median, in milliseconds. */
  readonly voterMs?: number;
}

/** People of the roll on which voters take places, and how many of them take one while it is measured. */
const WHOLE_ROLL = 700_000;
const VOTERS = 301;

const [step = "import", people = "1000"] = process.argv.slice(2);
const municipality = "001272";
const bytes = step === "import" ? listOf(Number(people)) : new Uint8Array();
if (step === "voters") await fillPlaces(Number(people));
const started = performance.now();
const voterMs = step === "voters" ? await medianOfVoters() : undefined;
const size = step === "voters" ? VOTERS : step === "import" ? await importRoll() : await freezeRoll();
const figures: RollFigures = {
  seconds: Math.round((performance.now() - started) / 100) / 10,
  size,
  peakMemoryMB: Math.round(process.resourceUsage().maxRSS / 1024),
  ...(voterMs !== undefined && { voterMs }),
};
process.stdout.write(`${JSON.stringify(figures)}\n`);
await db.$disconnect();

async function importRoll(): Promise<number> {
  const { fiscalNumbers } = readRoll(rollText(bytes) ?? "");
  const { total } = await changeRoll(municipality, fiscalNumbers, "replace");
  return total;
}

async function freezeRoll(): Promise<number> {
  const { size } = await db.$transaction((tx) => copyRoll(tx, municipality, "round-1"), { timeout: 600_000 });
  return size;
}

/** Keys of voters who were there before, in places all over the roll. */
async function fillPlaces(count: number): Promise<void> {
  // 7,919 and 700,000 have no divisor in common: no place comes twice.
  await db.$executeRaw`
    INSERT INTO public."VoterKey" (municipality, round, person, "publicKey", "privateKeyEncrypted", slot)
    SELECT ${municipality}, ${`round-${count}`}, 'voter-' || n, md5(n::text) || md5('x' || n), '\\x01',
           1 + (n::bigint * 7919) % ${WHOLE_ROLL}::bigint
    FROM generate_series(1, ${count}::int) AS n`;
  await db.$executeRaw`ANALYZE public."VoterKey"`;
}

async function medianOfVoters(): Promise<number> {
  const round = `round-${people}`;
  const times: number[] = [];
  for (let voter = 0; voter < VOTERS; voter += 1) {
    const before = performance.now();
    const slot = await freeSlot(db, municipality, round, WHOLE_ROLL);
    const publicKey = `${voter}`.padStart(64, "0");
    await db.voterKey.create({
      data: {
        ...{ municipality, round, person: `late-${voter}`, publicKey, slot },
        privateKeyEncrypted: new Uint8Array(48),
      },
    });
    times.push(performance.now() - before);
  }
  times.sort((a, b) => a - b);
  return Math.round((times[(VOTERS - 1) / 2] ?? 0) * 100) / 100;
}

/** Provisional codes of eleven digits, one a line: invented, with the right last digit. */
function listOf(count: number): Uint8Array {
  const lines = ["codice_fiscale"];
  for (let person = 0; person < count; person++) {
    const digits = String(9_000_000_000 + person);
    const sum = [...digits].reduce((total, digit, index) => {
      const doubled = Number(digit) * (index % 2 === 0 ? 1 : 2);
      return total + (doubled > 9 ? doubled - 9 : doubled);
    }, 0);
    lines.push(`${digits}${(10 - (sum % 10)) % 10}`);
  }
  return Buffer.from(lines.join("\r\n"));
}
