import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";

/** A folder of this machine as a container sees it. */
export type Mount = { source: string; target: string; readOnly: boolean };

export type ContainerOptions = {
  root: string;
  readOnly: boolean;
  mounts: readonly Mount[];
  account: { uid: number; gid: number };
  workdir: string;
  environment: Readonly<Record<string, string>>;
  command: readonly string[];
};

export type Ended = { code: number | null; output: string };

/** A process in a root, with the mounts, account and lack of rights that a container of compose.yaml has. */
export class Container {
  readonly #child: ChildProcess;
  readonly ended: Promise<Ended>;
  #output = "";

  constructor(readonly options: ContainerOptions) {
    const { root, command, environment, workdir, account } = options;
    const assignments = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
    const rights = [
      ...["setpriv", `--reuid=${account.uid}`, `--regid=${account.gid}`, "--clear-groups"],
      ...["--no-new-privs", "--bounding-set=-all", "--inh-caps=-all"],
    ];
    this.#child = spawn(
      "unshare",
      [
        ...["--mount", "--propagation", "private", "bash", "-ec"],
        `${mountScript(options)}\nexec chroot "$1" "\${@:2}"`,
        ...["bash", root, ...rights, "env", "-i", `--chdir=${workdir}`, ...assignments, ...command],
      ],
      { stdio: ["ignore", "pipe", "pipe"] },
    );
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.on("data", (chunk: Buffer) => {
        this.#output += chunk;
      });
    this.ended = once(this.#child, "close").then(([code]) => ({
      code: code as number | null,
      output: this.#output,
    }));
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get output(): string {
    return this.#output;
  }

  /** Waits for the line of JSON that says it is ready. @throws where it ends before */
  async ready(): Promise<Record<string, unknown>> {
    const gone = this.ended.then(({ code, output }) => {
      throw new Error(`${this.options.command.join(" ")} ended with ${code}:\n${output.slice(-2_000)}`);
    });
    const line = readyLine(this.#child.stdout as Readable, () => this.#output);
    gone.catch(() => undefined);
    return Promise.race([line, gone]);
  }

  /** Asks it to end, as an engine does before it kills after ten seconds. */
  async stop(): Promise<Ended> {
    this.#child.kill("SIGTERM");
    const limit = setTimeout(() => this.#child.kill("SIGKILL"), 10_000);
    const ended = await this.ended;
    clearTimeout(limit);
    return ended;
  }
}

function readyLine(stream: Readable, output: () => string): Promise<Record<string, unknown>> {
  return new Promise((resolve) => {
    stream.on("data", () => {
      const line = output()
        .split("\n")
        .find((one) => one.startsWith('{"ready":true'));
      if (line) resolve(JSON.parse(line) as Record<string, unknown>);
    });
  });
}

/** Mounts what an engine mounts; the root itself comes first, so that all else lies upon it. */
function mountScript({ root, readOnly, mounts }: ContainerOptions): string {
  const at = (target: string) => `'${root}${target}'`;
  return [
    `mount --bind ${at("")} ${at("")}`,
    ...(readOnly ? [`mount -o remount,bind,ro ${at("")}`] : []),
    `mount -t proc proc ${at("/proc")}`,
    `mount --rbind /dev ${at("/dev")}`,
    `mount -t tmpfs -o mode=1777 tmpfs ${at("/tmp")}`,
    ...mounts.flatMap(({ source, target, readOnly: only }) => [
      `mount --bind '${source}' ${at(target)}`,
      ...(only ? [`mount -o remount,bind,ro ${at(target)}`] : []),
    ]),
  ].join("\n");
}
