/** What a list of published holes says of installed packages, in the form of Retire.js. Pure. */

/** What is wrong in which versions of one library; versions without bounds are all of them. */
type Hole = {
  below?: string;
  atOrAbove?: string;
  severity?: string;
  identifiers?: { summary?: string; CVE?: string[]; githubID?: string };
};
export type Holes = Readonly<Record<string, { npmname?: string; vulnerabilities?: readonly Hole[] }>>;

/** Packages of a lock file: their names with every version that is installed. */
export type Installed = ReadonlyMap<string, ReadonlySet<string>>;

export function installedBy(lock: { packages: Record<string, { version?: string }> }): Installed {
  const installed = new Map<string, Set<string>>();
  for (const [path, { version }] of Object.entries(lock.packages)) {
    const name = path.split("node_modules/").at(-1) ?? "";
    if (!path.includes("node_modules/") || !version) continue;
    installed.set(name, (installed.get(name) ?? new Set()).add(version));
  }
  return installed;
}

/** @returns one line for each hole of a version that is installed, and how many of the packages the list knows */
export function compare(installed: Installed, holes: Holes): { found: string[]; known: number } {
  const found: string[] = [];
  const seen = new Set<string>();
  for (const [library, { npmname, vulnerabilities = [] }] of Object.entries(holes)) {
    for (const name of new Set([library, npmname ?? library])) {
      for (const version of installed.get(name) ?? []) {
        seen.add(name);
        for (const hole of vulnerabilities) {
          if (isIn(version, hole)) found.push(`${name} ${version}: ${wordsOf(hole)}`);
        }
      }
    }
  }
  return { found, known: seen.size };
}

function isIn(version: string, { below, atOrAbove }: Hole): boolean {
  return (
    (below === undefined || order(version, below) < 0) &&
    (atOrAbove === undefined || order(version, atOrAbove) >= 0)
  );
}

function wordsOf({ severity = "unknown", identifiers = {} }: Hole): string {
  const names = [...(identifiers.CVE ?? []), identifiers.githubID].filter((id) => id !== undefined);
  return `${severity}, ${names.join(", ") || "no number"}: ${identifiers.summary ?? "no description"}`;
}

/** Semantic Versioning 2.0.0, 11: numbers by their size, then a release before which its trials come. */
export function order(one: string, other: string): number {
  const [a, b] = [parts(one), parts(other)];
  const numbers = byParts(a.numbers, b.numbers, "0");
  if (numbers !== 0) return numbers;
  if (a.trial.length === 0 || b.trial.length === 0) return b.trial.length - a.trial.length;
  return byParts(a.trial, b.trial);
}

function parts(version: string) {
  const [, numbers = "", trial = ""] = /^v?([\d.]*)(?:-([^+]*))?/.exec(version) ?? [];
  return { numbers: numbers.split("."), trial: trial.split(".").filter(Boolean) };
}

function byParts(one: readonly string[], other: readonly string[], missing?: string): number {
  for (let at = 0; at < Math.max(one.length, other.length); at += 1) {
    const [a, b] = [one[at] ?? missing, other[at] ?? missing];
    if (a === undefined || b === undefined) return a === undefined ? -1 : 1;
    const [isNumber, isOther] = [/^\d+$/.test(a), /^\d+$/.test(b)];
    if (isNumber !== isOther) return isNumber ? -1 : 1;
    const by = isNumber ? Number(a) - Number(b) : a < b ? -1 : Number(a > b);
    if (by !== 0) return by;
  }
  return 0;
}
