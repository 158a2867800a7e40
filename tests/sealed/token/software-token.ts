/** SoftHSM's tokens in a folder of their own, and a record of how `pkcs11-tool` was called. */
import { access, chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { runQuietly } from "../../../services/supervisor/run";

const modules = [
  "/usr/lib/softhsm/libsofthsm2.so",
  "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
  "/usr/lib64/pkcs11/libsofthsm2.so",
  "/usr/lib64/libsofthsm2.so",
];

/** SoftHSM's library, or undefined. */
export async function softHsmModule(): Promise<string | undefined> {
  for (const file of modules)
    if (
      await access(file).then(
        () => true,
        () => false,
      )
    )
      return file;
  return undefined;
}

/** Of the user of each token that tests make. */
export const PIN = "8142-7306";

/** Stands before the real program on the path: notes what it was called with, and may hang. */
const recording = (folder: string, program: string) => `#!/bin/sh
printf '%s\\n' "$*" >>'${folder}/calls'
env >>'${folder}/environments'
[ -e '${folder}/hangs' ] && exec sleep 60
exec '${program}' "$@"
`;

export class SoftwareTokens {
  private constructor(
    readonly module: string,
    readonly folder: string,
  ) {}

  static async create(): Promise<SoftwareTokens> {
    const module = await softHsmModule();
    if (!module) throw new Error("SoftHSM is not installed");
    const tokens = new SoftwareTokens(module, await mkdtemp(join(tmpdir(), "cocity-token-")));
    const { folder } = tokens;
    await mkdir(join(folder, "tokens"));
    await mkdir(join(folder, "bin"));
    const settings = `directories.tokendir = ${folder}/tokens\nlog.level = ERROR\n`;
    await writeFile(join(folder, "softhsm2.conf"), settings);
    process.env.SOFTHSM2_CONF = join(folder, "softhsm2.conf");
    const program = (await runQuietly("sh", ["-c", "command -v pkcs11-tool"])).trim();
    await writeFile(join(folder, "bin", "pkcs11-tool"), recording(folder, program));
    await chmod(join(folder, "bin", "pkcs11-tool"), 0o755);
    process.env.PATH = `${join(folder, "bin")}${delimiter}${process.env.PATH}`;
    return tokens;
  }

  async add(label: string): Promise<void> {
    const pins = ["--so-pin", "5190-2264", "--pin", PIN];
    await runQuietly("softhsm2-util", ["--init-token", "--free", "--label", label, ...pins]);
  }

  /** What `pkcs11-tool` prints. */
  ask(label: string, ...what: string[]): Promise<string> {
    const token = ["--module", this.module, "--token-label", label, "--login", "--pin", "env:ASKED_PIN"];
    return runQuietly("pkcs11-tool", [...token, ...what], { ASKED_PIN: PIN });
  }

  async calls(): Promise<string[]> {
    const text = await readFile(join(this.folder, "calls"), "utf8").catch(() => "");
    return text.split("\n").filter(Boolean);
  }

  environments(): Promise<string> {
    return readFile(join(this.folder, "environments"), "utf8");
  }

  async forgetCalls(): Promise<void> {
    for (const name of ["calls", "environments"]) await rm(join(this.folder, name), { force: true });
  }

  /** As if somebody pulled it out. */
  takeAway(): Promise<void> {
    return rename(join(this.folder, "tokens"), join(this.folder, "away"));
  }

  putBack(): Promise<void> {
    return rename(join(this.folder, "away"), join(this.folder, "tokens"));
  }

  async hang(does: boolean): Promise<void> {
    if (does) await writeFile(join(this.folder, "hangs"), "");
    else await rm(join(this.folder, "hangs"));
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true });
  }
}
