import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { databaseSocketName } from "@/services/database/server";

const longestName = "issuer-garanti.sock";

/** What the processes of one data folder reach each other by: on no port, where any program could knock. */
export type Sockets = {
  /** The folder of the database's socket, as PostgreSQL's clients want it. */
  folder: string;
  database: string;
  identity: string;
  control: string;
  /** The signer's desk: in the signer's own folder, which nobody else is told of. */
  signer: string;
  /** Removes what lies outside the data folder. */
  remove(): Promise<void>;
};

/** The kernel keeps an address of 107 bytes. */
const LONGEST_ADDRESS = 107;

/** A folder that this account alone may enter: in the data folder, or where its path is too long, a temporary one. */
export async function openSockets(data: string): Promise<Sockets> {
  const [own, signer] = [join(data, "sockets"), signerFolder(data)];
  const fits = Buffer.byteLength(join(own, longestName)) <= LONGEST_ADDRESS;
  const folder = fits ? own : await temporaryFolder();
  const desk = fits ? signer : await temporaryFolder();
  for (const path of [folder, desk]) {
    await mkdir(path, { recursive: true, mode: 0o700 });
    await chmod(path, 0o700);
  }
  return {
    folder,
    database: join(folder, databaseSocketName),
    identity: join(folder, "identity.sock"),
    control: join(folder, "control.sock"),
    signer: join(desk, "desk.sock"),
    remove: async () => {
      for (const path of fits ? [] : [folder, desk]) await rm(path, { recursive: true, force: true });
    },
  };
}

/** The folder of the trial signer's keys. */
export function signerFolder(data: string): string {
  return join(data, "signer");
}

/** The kernel cuts the address: the temporary folder's own name may be too long as well. */
function temporaryFolder(): Promise<string> {
  const parents = [tmpdir(), "/tmp"].filter((parent) => Buffer.byteLength(parent) < LONGEST_ADDRESS - 60);
  return mkdtemp(join(parents[0] ?? "/tmp", "cocity-"));
}
