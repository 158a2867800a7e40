import { spawn } from "node:child_process";
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { runQuietly } from "../../services/supervisor/run";

/** A folder that is a Debian system, and what its commands are run with. */
export type Root = {
  folder: string;
  environment: Record<string, string>;
  workdir: string;
  user: string;
};

const systemPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** What package managers of this machine are told of its network, which an image's build would be told as well. */
const ofTheNetwork = /^(https?_proxy|no_proxy|NODE_EXTRA_CA_CERTS)$/i;
const certificates = "/etc/check-certificates.crt";

/** Makes the archive that every root begins with: Debian's smallest system, as the official slim images are. */
export async function makeBase(suite: string, archive: string): Promise<void> {
  await runQuietly("mmdebstrap", ["--variant=minbase", suite, archive]);
}

export async function unpack(archive: string, folder: string): Promise<Root> {
  await mkdir(folder, { recursive: true });
  await runQuietly("tar", ["--extract", "--file", archive, "--directory", folder]);
  await cp("/etc/resolv.conf", join(folder, "etc", "resolv.conf"), { dereference: true });
  const extra = process.env.NODE_EXTRA_CA_CERTS;
  if (extra) await cp(extra, join(folder, certificates), { dereference: true });
  return { folder, environment: { PATH: systemPath }, workdir: "/", user: "root" };
}

/** Runs a line of shell in a root, as a container's build does; what it prints goes on to standard error. */
export async function runIn(root: Root, command: string): Promise<void> {
  const network = Object.entries(process.env).filter(([name]) => ofTheNetwork.test(name));
  const environment = {
    HOME: "/root",
    ...Object.fromEntries(network),
    ...(process.env.NODE_EXTRA_CA_CERTS && {
      NODE_EXTRA_CA_CERTS: certificates,
      npm_config_cafile: certificates,
    }),
    ...root.environment,
  };
  const assignments = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  const inside = `mount -t proc proc "$1/proc"; mount --rbind /dev "$1/dev"
    exec chroot "$1" /usr/bin/env -i --chdir="$2" "\${@:4}" /bin/sh -c "$3"`;
  const code = await follow("unshare", [
    ...["--mount", "--propagation", "private", "--pid", "--fork", "--kill-child"],
    ...["bash", "-ec", inside, "bash", root.folder, root.workdir, command, ...assignments],
  ]);
  if (code !== 0) throw new Error(`RUN ${command}: ended with ${code}`);
}

/** Copies files of this repository, those that git has or would take, as a build's context. */
export async function copyContext(root: Root, sources: readonly string[], target: string): Promise<void> {
  const listed = await runQuietly("git", ["ls-files", "-z", "-co", "--exclude-standard"]);
  const files = listed.split("\0").filter(Boolean);
  for (const source of sources) {
    const found = source === "." ? files : files.filter((file) => file === source);
    if (found.length === 0) throw new Error(`COPY ${source}: there is no such file`);
    for (const file of found) {
      const into = source === "." ? file : (source.split("/").pop() ?? "");
      const path = join(root.folder, resolve(root.workdir, target, into));
      await mkdir(dirname(path), { recursive: true });
      await cp(file, path);
    }
  }
}

export async function copyBetween(from: Root, to: Root, source: string, target: string): Promise<void> {
  await runQuietly("cp", ["-a", join(from.folder, source), join(to.folder, target)]);
}

/** The ids of an account of a root. */
export async function accountOf(root: Root, name: string): Promise<{ uid: number; gid: number }> {
  const lines = (await readFile(join(root.folder, "etc", "passwd"), "utf8")).split("\n");
  const fields = lines.map((line) => line.split(":")).find(([account]) => account === name);
  if (!fields) throw new Error(`there is no account ${name}`);
  return { uid: Number(fields[2]), gid: Number(fields[3]) };
}

/** Host names that a network of containers would give. */
export async function nameHosts(root: Root, names: readonly string[]): Promise<void> {
  await writeFile(join(root.folder, "etc", "hosts"), `127.0.0.1 localhost ${names.join(" ")}\n`);
}

function follow(command: string, args: readonly string[]): Promise<number | null> {
  const child = spawn(command, args, { stdio: ["ignore", 2, 2] });
  return new Promise((done, fail) => {
    child.once("error", fail);
    child.once("exit", done);
  });
}
