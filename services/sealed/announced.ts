/**
 * Which rounds there are: files named after municipality and round, which whoever announces one puts into a folder that
 * parts may read. What such a file says is only where to look: everything else is read from the ledger.
 */
import { readdir } from "node:fs/promises";

export interface AnnouncedRound {
  /** ISTAT code. */
  readonly municipality: string;
  readonly round: string;
}

const form = /^(\d{6})\.([A-Za-z0-9-]{1,64})$/;

export async function announcedRounds(folder: string): Promise<AnnouncedRound[]> {
  const names = await readdir(folder).catch(() => []);
  return names.sort().flatMap((name) => {
    const [, municipality, round] = form.exec(name) ?? [];
    return municipality && round ? [{ municipality, round }] : [];
  });
}
