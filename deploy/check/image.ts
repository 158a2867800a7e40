import { mkdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { readSteps, type Step } from "./dockerfile";
import { copyBetween, copyContext, makeBase, type Root, runIn, unpack } from "./root";

export type Image = { root: Root; command: readonly string[]; base: string };

/** What an official slim image of Debian is called. */
const slim = /^debian:([a-z]+)-slim$/;

/**
 * Carries out a Dockerfile's steps, each stage in a Debian root of its own below `folder`.
 * @throws where the base is no slim image of Debian, or a step fails
 */
export async function buildImage(
  dockerfile: string,
  folder: string,
  say: (line: string) => void,
): Promise<Image> {
  const steps = readSteps(await readFile(dockerfile, "utf8"));
  const stages = new Map<string, Root>();
  let last: Image | undefined;
  let command: readonly string[] = [];
  for (const step of steps) {
    say(titleOf(step));
    if (step.kind === "from") {
      const suite = slim.exec(step.image)?.[1];
      if (!suite) throw new Error(`FROM ${step.image}: only debian:SUITE-slim has an equal here`);
      const base = join(folder, `${suite}.tar`);
      if (!stages.size) await makeBase(suite, base);
      const root = await unpack(base, join(folder, `stage-${stages.size}`));
      stages.set(step.stage ?? String(stages.size), root);
      last = { root, command, base };
      continue;
    }
    if (!last) throw new Error("a Dockerfile begins with FROM");
    if (step.kind === "cmd") command = step.command;
    else await carryOut(step, last.root, stages);
  }
  if (!last) throw new Error(`${dockerfile} has no steps`);
  return { ...last, command };
}

type Changing = Exclude<Step, { kind: "from" } | { kind: "cmd" }>;

async function carryOut(step: Changing, root: Root, stages: ReadonlyMap<string, Root>): Promise<void> {
  switch (step.kind) {
    case "run":
      return runIn(root, step.command);
    case "env":
      root.environment = { ...root.environment, ...step.values };
      return;
    case "workdir":
      root.workdir = resolve(root.workdir, step.folder);
      await mkdir(join(root.folder, root.workdir), { recursive: true });
      return;
    case "user":
      root.user = step.user;
      return;
    case "copy": {
      if (step.from === undefined) return copyContext(root, step.sources, step.target);
      const from = stages.get(step.from);
      if (!from) throw new Error(`COPY --from=${step.from}: there is no such stage`);
      for (const source of step.sources) await copyBetween(from, root, source, step.target);
    }
  }
}

function titleOf(step: Step): string {
  switch (step.kind) {
    case "from":
      return `FROM ${step.image}`;
    case "run":
      return `RUN ${step.command}`;
    case "copy":
      return `COPY ${step.sources.join(" ")} ${step.target}`;
    case "env":
      return `ENV ${Object.keys(step.values).join(" ")}`;
    case "workdir":
      return `WORKDIR ${step.folder}`;
    case "user":
      return `USER ${step.user}`;
    case "cmd":
      return `CMD ${step.command.join(" ")}`;
  }
}
