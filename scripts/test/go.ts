import { chmod, glob } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { CommandFailure, runQuietly } from "../../services/supervisor/run";

/** The oldest Go that fetches the toolchain a module asks for by itself. */
const SELF_UPDATING = 21;
/** What the modules in `ledger/network/tools` ask for. */
const TOOLCHAIN = "go1.26.0";

/** Fabric's programs are built by Go with a C compiler: one of them holds SQLite. */
export async function findGo(): Promise<string | undefined> {
  return Promise.all([runQuietly("go", ["version"]), runQuietly("cc", ["--version"])]).then(
    () => "go",
    () => undefined,
  );
}

/**
 * Makes the Go on the PATH one that can build Fabric. Debian 12's is too old to fetch another toolchain by itself, but
 * the toolchain is a Go module like any other, with a checksum in Go's own database.
 * @returns why there is none
 */
export async function lackingToolchain(): Promise<string | undefined> {
  process.env.GOTOOLCHAIN = "auto";
  const minor = Number(/go1\.(\d+)/.exec(await runQuietly("go", ["version"]))?.[1]);
  if (minor >= SELF_UPDATING) return undefined;
  const architecture = process.arch === "x64" ? "amd64" : process.arch;
  const module = `golang.org/toolchain@v0.0.1-${TOOLCHAIN}.${process.platform}-${architecture}`;
  try {
    await runQuietly("go", ["mod", "download", module]);
    const root = join((await runQuietly("go", ["env", "GOMODCACHE"])).trim(), module);
    // Modules hold no executables: the toolchain's own command sets these bits too.
    for await (const program of glob(["bin/*", "pkg/tool/*/*"], { cwd: root }))
      await chmod(join(root, program), 0o755);
    process.env.PATH = [join(root, "bin"), process.env.PATH].join(delimiter);
    return undefined;
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    return `Go 1.${minor} is too old, and ${TOOLCHAIN} could not be fetched:\n${error.output.slice(-1000)}`;
  }
}
