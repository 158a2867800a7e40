/** Imports a roll of invented people, or copies one for a round; bundled and started by ../roll.ts with DATABASE_URL. */
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
}

const [step = "import", people = "1000"] = process.argv.slice(2);
const municipality = "001272";
const bytes = step === "import" ? listOf(Number(people)) : new Uint8Array();
const started = performance.now();
const size = step === "import" ? await importRoll() : await freezeRoll();
const figures: RollFigures = {
  seconds: Math.round((performance.now() - started) / 100) / 10,
  size,
  peakMemoryMB: Math.round(process.resourceUsage().maxRSS / 1024),
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
