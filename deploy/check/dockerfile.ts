import { Copy, DockerfileParser, Env, From, type Instruction, JSONInstruction } from "dockerfile-ast";

export type Step =
  | { kind: "from"; image: string; stage: string | undefined }
  | { kind: "run"; command: string }
  | { kind: "copy"; from: string | undefined; sources: readonly string[]; target: string }
  | { kind: "env"; values: Readonly<Record<string, string>> }
  | { kind: "workdir"; folder: string }
  | { kind: "user"; user: string }
  | { kind: "cmd"; command: readonly string[] };

/** An instruction, or a form of one, that `npm run check:image` cannot carry out. */
export class DockerfileError extends Error {
  override readonly name = "DockerfileError";
}

/** They say something about the image and change nothing in it. */
const declarations = new Set(["VOLUME", "EXPOSE", "LABEL"]);

/**
 * The steps of a Dockerfile in their order, those that only declare left out.
 * @throws DockerfileError for an instruction or a flag that is not one of `Step`
 */
export function readSteps(text: string): Step[] {
  const instructions = DockerfileParser.parse(text).getInstructions();
  return instructions.filter((one) => !declarations.has(one.getKeyword())).map(stepOf);
}

function stepOf(instruction: Instruction): Step {
  const keyword = instruction.getKeyword();
  const content = instruction.getArgumentsContent() ?? "";
  const words = instruction.getExpandedArguments().map((argument) => argument.getValue());
  if (instruction instanceof From)
    return {
      kind: "from",
      image: instruction.getImage() ?? "",
      stage: instruction.getBuildStage() ?? undefined,
    };
  if (instruction instanceof Copy) {
    const flags = instruction.getFlags();
    const other = flags.find((flag) => flag.getName() !== "from");
    if (other) throw new DockerfileError(`COPY --${other.getName()}`);
    const [target = "", ...sources] = instruction
      .getArguments()
      .map((argument) => argument.getValue())
      .reverse();
    return { kind: "copy", from: flags[0]?.getValue() ?? undefined, sources: sources.reverse(), target };
  }
  if (instruction instanceof Env) {
    const values = instruction
      .getProperties()
      .map((property) => [property.getName(), property.getValue() ?? ""]);
    return { kind: "env", values: Object.fromEntries(values) };
  }
  if (instruction instanceof JSONInstruction) {
    const command = instruction.getJSONStrings().map((part) => part.getJSONValue());
    if (keyword === "CMD" && command.length > 0) return { kind: "cmd", command };
    if (keyword === "RUN" && command.length === 0) return { kind: "run", command: content };
  }
  if (keyword === "WORKDIR") return { kind: "workdir", folder: words[0] ?? "" };
  if (keyword === "USER") return { kind: "user", user: words[0] ?? "" };
  throw new DockerfileError(`${keyword} ${content}`);
}
