import { execFile, spawn } from "node:child_process";
import { chmod, chown, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

export interface PostgresqlCluster {
  readonly url: string;
  /** `kill -9`: all its processes end with no moment to tidy up. */
  kill(): Promise<void>;
  /** Starts it again where it was killed, on the same address. */
  restart(): Promise<void>;
  /** Ends it and deletes its folder. */
  stop(): Promise<void>;
}

/** The folder with PostgreSQL's server programs, the newest version first; undefined where there is none. */
export async function findPostgresql(): Promise<string | undefined> {
  const versions = await readdir("/usr/lib/postgresql").catch((): string[] => []);
  const folders = [
    ...versions.sort((a, b) => Number(b) - Number(a)).map((version) => `/usr/lib/postgresql/${version}/bin`),
    "/usr/local/bin",
    "/usr/local/pgsql/bin",
    "/usr/bin",
  ];
  for (const folder of folders) {
    if ((await readdir(folder).catch((): string[] => [])).includes("initdb")) return folder;
  }
  return undefined;
}

/**
 * Starts a PostgreSQL cluster for tests in a folder of its own, on loopback only. PostgreSQL refuses to run as
 * root, so then it runs as the machine's `postgres` or `nobody`.
 */
export async function startPostgresql(): Promise<PostgresqlCluster> {
  const binaries = await findPostgresql();
  if (!binaries) throw new Error("PostgreSQL's server programs are not installed");
  const user = await unprivilegedUser();
  const folder = await mkdtemp("/tmp/cocity-postgresql-");
  await chmod(folder, 0o700);
  if (user) await chown(folder, user.uid, user.gid);
  const identity = user ?? {};
  const data = join(folder, "data");
  const passwordFile = join(folder, "password");
  const port = await freePort();
  try {
    await writeFile(passwordFile, "cocity\n", { mode: 0o600 });
    if (user) await chown(passwordFile, user.uid, user.gid);
    await run(
      join(binaries, "initdb"),
      [
        "-D",
        data,
        "-U",
        "cocity",
        "-A",
        "scram-sha-256",
        "--pwfile",
        passwordFile,
        "-E",
        "UTF8",
        "--no-sync",
      ],
      { ...identity, cwd: folder },
    );
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  const start = () =>
    serve(
      join(binaries, "postgres"),
      ["-D", data, "-p", String(port), "-h", "127.0.0.1", "-k", folder, "-c", "max_connections=200", "-F"],
      { ...identity, cwd: folder },
    );
  let server: Server;
  try {
    server = await start();
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  return {
    url: `postgres://cocity:cocity@127.0.0.1:${port}/postgres`,
    async kill() {
      await server.end("SIGKILL");
    },
    async restart() {
      server = await start();
    },
    async stop() {
      // "Fast" shutdown: sessions that are still open do not hold it up.
      await server.end("SIGINT");
      await rm(folder, { recursive: true, force: true });
    },
  };
}

type Server = { end(signal: NodeJS.Signals): Promise<void> };

async function serve(
  program: string,
  args: readonly string[],
  options: { cwd: string; uid?: number; gid?: number },
): Promise<Server> {
  const server = spawn(program, args, { ...options, stdio: ["ignore", "ignore", "pipe"] });
  // Closed by the last process of the cluster, which may outlive the first one.
  const stopped = new Promise<void>((resolve) => server.once("close", () => resolve()));
  const end = (signal: NodeJS.Signals) => {
    server.kill(signal);
    return stopped;
  };
  try {
    await serving(server.stderr, stopped);
  } catch (error) {
    await end("SIGKILL");
    throw error;
  }
  return { end };
}

/** Resolves when the server's log says that it takes connections. */
function serving(log: NodeJS.ReadableStream, stopped: Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = "";
    const limit = setTimeout(() => reject(new Error(`PostgreSQL did not start:\n${text}`)), 60_000);
    log.on("data", (chunk: Buffer) => {
      text = (text + chunk).slice(-10_000);
      if (!text.includes("database system is ready to accept connections")) return;
      clearTimeout(limit);
      resolve();
    });
    void stopped.then(() => reject(new Error(`PostgreSQL ended:\n${text}`)));
  });
}

async function unprivilegedUser(): Promise<{ uid: number; gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ["postgres", "nobody"]) {
    try {
      const [uid, gid] = await Promise.all([run("id", ["-u", name]), run("id", ["-g", name])]);
      return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
    } catch {
      // No such user on this machine: the next one.
    }
  }
  throw new Error(
    "PostgreSQL does not run as root, and this machine has neither a postgres nor a nobody user",
  );
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
