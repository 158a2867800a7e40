/*
 * The second half of check.ts, in namespaces of its own: a network of one machine, in which the processes of
 * compose.yaml run beside PostgreSQL and the embedded ledger, and are looked at.
 */
import { chown, mkdir, readFile, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { join } from "node:path";
import { runQuietly } from "../../services/supervisor/run";
import { type ComposeService, readCompose, readEnvironment } from "./compose";
import { Container, type Ended, type Mount } from "./container";
import { accountOf, nameHosts, type Root } from "./root";

export type Description = { image: Root; database: Root; folder: string };

const { image, database, folder } = JSON.parse(process.argv[2] ?? "") as Description;
const compose = await readCompose();
const account = await accountOf(image, image.user);
const environments: Readonly<Record<string, Record<string, string>>> = Object.fromEntries(
  await Promise.all(
    ["migrate", "site", "worker", "housekeeping"].map(async (name) => {
      const text = await readFile(join(folder, "environment", `${name}.env`), "utf8");
      return [`environment/${name}.env`, readEnvironment(text)] as const;
    }),
  ),
);
const volumes = { data: join(folder, "data"), "./ledger-connection": join(folder, "ledger") };
/** Beside what compose.yaml starts: whoever signs for the invented people of the story. */
const trial = {
  mount: { source: join(folder, "signer"), target: "/signer", readOnly: false },
  environment: {
    ...{
      HOST: "127.0.0.1",
      ORIGIN: "http://localhost:3000",
      IDENTITY_PROVIDER_SOCKET: "/signer/identity.sock",
    },
    ...{ SIGNER_FOLDER: "/signer/keys", SIGNER_SOCKET: "/signer/desk.sock" },
    ...{ SIGNER_ORIGIN: "http://localhost:3100", SIGNER_PORT: "3100" },
  },
} as const;
const running: Container[] = [];
let passed = 0;
let failed = 0;

try {
  await prepare();
  await startDatabase();
  const recoveryKeys = await startSigner();
  await check("the ledger starts from the image", async () => (await startLedger(recoveryKeys)).ready());
  await check("migrate brings an empty database to this version", async () => expectCode(run("migrate"), 0));
  await check("migrate again finds nothing to apply", async () => {
    const { output } = await expectCode(run("migrate"), 0);
    if (!output.includes("nothing to apply")) throw new Error(output);
  });
  for (const name of ["worker", "site"]) await check(`${name} starts`, () => startService(name));
  await check("a story is told through them", () => expectCode(seed(), 0));
  // The story sets the chain's day itself: it goes on by itself only afterwards.
  await check("housekeeping starts", () => startService("housekeeping"));
  await check("the site's healthcheck is content", () => healthcheck("site"));
  await check("/api/health is ok on PostgreSQL", async () => {
    const { status, body } = await ask("/api/health");
    const { status: found, database: kind } = JSON.parse(body) as Record<string, unknown>;
    if (status !== 200 || found !== "ok" || kind !== "postgresql") throw new Error(body);
  });
  await check("a page is made under the public name", async () => {
    const { status, body } = await ask("/torino", "cocity.example.org");
    if (status !== 200 || !body.includes("Comune di Torino"))
      throw new Error(`${status} ${body.slice(0, 500)}`);
  });
  await check("no other name is answered", async () => {
    const { status } = await ask("/torino", "elsewhere.example.org");
    if (status !== 421) throw new Error(String(status));
  });
  await check("nothing runs as root or may get rights", checkRights);
  await check("the image cannot be written", async () => {
    const { output } = await expectCode(container("site", ["touch", "/app/changed"]).ended, 1);
    if (!output.includes("Read-only file system")) throw new Error(output);
  });
  for (const one of running.splice(3).reverse())
    await check(`${one.options.command.at(-1)} ends when asked to`, () => expectCode(one.stop(), 0));
} catch (error) {
  failed += 1;
  console.error(error);
}
for (const one of running.reverse()) await one.stop();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

async function check(what: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
    passed += 1;
    console.log(`passed: ${what}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED: ${what}\n${error instanceof Error ? error.message : error}`);
  }
}

async function prepare(): Promise<void> {
  await runQuietly("ip", ["link", "set", "lo", "up"]);
  await nameHosts(image, ["database"]);
  for (const place of ["ledger", "signer"]) await mkdir(join(image.folder, place), { recursive: true });
  for (const source of [...Object.values(volumes), trial.mount.source]) {
    await mkdir(source, { recursive: true, mode: 0o700 });
    await chown(source, account.uid, account.gid);
  }
}

async function startDatabase(): Promise<void> {
  const password = (await readFile(join(folder, "environment", "database-password"), "utf8")).trim();
  const passwordFile = join(database.folder, "etc", "check-password");
  const postgres = await accountOf(database, "postgres");
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  await chown(passwordFile, postgres.uid, postgres.gid);
  const inDatabase = (command: readonly string[]) =>
    new Container({
      ...{ root: database.folder, readOnly: false, mounts: [], account: postgres, workdir: "/", command },
      environment: { ...database.environment, PGPASSWORD: password },
    });
  const programs = (await runQuietly("ls", [join(database.folder, "usr/lib/postgresql")])).trim();
  const at = (name: string) => `/usr/lib/postgresql/${programs}/bin/${name}`;
  const data = "/var/lib/postgresql/check";
  const own = [
    "--pwfile=/etc/check-password",
    "--auth=scram-sha-256",
    "--username=cocity",
    "--encoding=UTF8",
  ];
  await expectCode(inDatabase([at("initdb"), `--pgdata=${data}`, ...own]).ended, 0);
  running.push(inDatabase([at("postgres"), "-D", data, "-k", "/tmp"]));
  const there = ["--host=127.0.0.1", "--username=cocity"];
  for (let tries = 0; ; tries += 1) {
    const { code, output } = await inDatabase([at("createdb"), ...there, "cocity"]).ended;
    if (code === 0) return;
    if (tries === 50) throw new Error(output);
    await new Promise((done) => setTimeout(done, 200));
  }
}

/** The trial's signer, with the keys that the ledger has to know. @returns their digests */
async function startSigner(): Promise<string> {
  const program = ["node", "--conditions=react-server", "dist/programs/services/signer/main.js"];
  const signer = inImage(program, trial.environment, [trial.mount]);
  running.push(signer);
  return String((await signer.ready()).recoveryKeys);
}

async function startLedger(recoveryKeys: string): Promise<Container> {
  const ledger = inImage(
    [
      ...["node", "--conditions=react-server", "dist/programs/ledger/embedded/main.js"],
      ...["--data", "/ledger", "--chaincode-dir", "chaincode"],
    ],
    { COCITY_RECOVERY_KEYS: recoveryKeys },
    [{ source: volumes["./ledger-connection"], target: "/ledger", readOnly: false }],
  );
  running.push(ledger);
  return ledger;
}

async function startService(name: string): Promise<void> {
  const started = container(name, compose.services[name]?.command ?? []);
  running.push(started);
  await started.ready();
}

function run(name: string): Promise<Ended> {
  return container(name, compose.services[name]?.command ?? []).ended;
}

/** The trial's story, as the supervisor tells it at a first start: there is no other content yet. */
function seed(): Promise<Ended> {
  const site = compose.services.site;
  if (!site) throw new Error("compose.yaml has no service site");
  const { ORIGIN, SIGNER_SOCKET } = trial.environment;
  return inImage(
    ["node", "--conditions=react-server", "dist/programs/prisma/seed/main.js"],
    { ...environmentOf(site), ORIGIN, SIGNER_SOCKET },
    [...mountsOf(site), trial.mount],
  ).ended;
}

async function healthcheck(name: string): Promise<void> {
  const [how, ...command] = compose.services[name]?.healthcheck?.test ?? [];
  if (how !== "CMD") throw new Error(`a healthcheck by ${how}`);
  await expectCode(container(name, command).ended, 0);
}

/** A process in a service's container: with its mounts and environment. */
function container(name: string, command: readonly string[]): Container {
  const service = compose.services[name];
  if (!service) throw new Error(`compose.yaml has no service ${name}`);
  return inImage(command, environmentOf(service), mountsOf(service));
}

function inImage(
  command: readonly string[],
  environment: Readonly<Record<string, string>>,
  mounts: readonly Mount[],
): Container {
  return new Container({
    ...{ root: image.folder, readOnly: true, mounts, account, workdir: image.workdir, command },
    environment: { ...image.environment, ...environment },
  });
}

function environmentOf(service: ComposeService): Record<string, string> {
  const files = (service.env_file ?? []).map((file) => environments[file] ?? {});
  return Object.assign({}, ...files, service.environment);
}

function mountsOf(service: ComposeService): Mount[] {
  return (service.volumes ?? []).map((volume) => {
    const [source = "", target = "", mode] = volume.split(":");
    if (!(source in volumes)) throw new Error(`there is no volume ${source} here`);
    return { source: volumes[source as keyof typeof volumes], target, readOnly: mode === "ro" };
  });
}

async function checkRights(): Promise<void> {
  for (const { pid, options } of running.slice(1)) {
    const status = await readFile(`/proc/${pid}/status`, "utf8");
    const wanted = [`Uid:\t${account.uid}\t`, "CapEff:\t0000000000000000", "CapBnd:\t0000000000000000"];
    for (const line of [...wanted, "NoNewPrivs:\t1"])
      if (!status.includes(line)) throw new Error(`${options.command.join(" ")}: no ${line} in\n${status}`);
  }
}

async function expectCode(ended: Promise<Ended>, code: number): Promise<Ended> {
  const found = await ended;
  if (found.code === code) return found;
  throw new Error(`ended with ${found.code}:\n${found.output.slice(-3_000)}`);
}

function ask(path: string, host = "127.0.0.1:3000"): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: "127.0.0.1", port: 3000, path, headers: { host } }, async (response) => {
      const chunks = await response.toArray();
      resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks as Buffer[]).toString() });
    });
    asked.on("error", reject);
    asked.end();
  });
}
