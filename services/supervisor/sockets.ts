import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { databaseSocketName } from "@/services/database/server";

/** What the processes of one data folder reach each other by: on no port, where any program could knock. */
export type Sockets = {
  /** The folder of the database's socket, as PostgreSQL's clients want it. */
  folder: string;
  database: string;
  identity: string;
  control: string;
  /** Removes the folder where it lies outside the data folder. */
  remove(): Promise<void>;
};

/** The kernel keeps an address of 107 bytes. */
const LONGEST_ADDRESS = 107;

/** A folder that this account alone may enter: in the data folder, or where its path is too long, a temporary one. */
export async function openSockets(data: string): Promise<Sockets> {
  const own = join(data, "sockets");
  const fits = Buffer.byteLength(join(own, databaseSocketName)) <= LONGEST_ADDRESS;
  // The kernel cuts the address: the temporary folder's own name may be too long as well.
  const parents = [tmpdir(), "/tmp"].filter((parent) => Buffer.byteLength(parent) < LONGEST_ADDRESS - 60);
  const folder = fits ? own : await mkdtemp(join(parents[0] ?? "/tmp", "cocity-"));
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  return {
    folder,
    database: join(folder, databaseSocketName),
    identity: join(folder, "identity.sock"),
    control: join(folder, "control.sock"),
    remove: async () => {
      if (!fits) await rm(folder, { recursive: true, force: true });
    },
  };
}
