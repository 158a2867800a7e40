/** Posts a server action as the site's own script does, without a browser. */
import { readFile } from "node:fs/promises";
import { z } from "zod";

export type KnownAction = { id: string; file: string; name: string; pages: string[] };
export type Answer = {
  status: number;
  /** What stood against it, by no field of its own. */
  failure: string | undefined;
  /** Sentences by field. */
  errors: Readonly<Record<string, string[]>>;
  done: boolean;
  /** What the form shows again. */
  typed: Readonly<Record<string, unknown>>;
};

const manifestSchema = z.object({
  node: z.record(
    z.string(),
    z.object({ workers: z.record(z.string(), z.unknown()), filename: z.string(), exportedName: z.string() }),
  ),
});

/** Every server action of the build that is running. */
export async function builtActions(): Promise<KnownAction[]> {
  const text = await readFile(".next/server/server-reference-manifest.json", "utf8");
  return Object.entries(manifestSchema.parse(JSON.parse(text)).node)
    .map(([id, { workers, filename, exportedName }]) => ({
      ...{ id, file: filename, name: exportedName },
      pages: Object.keys(workers).map((page) => page.replace(/^app\/\[locale\]|\/page$/g, "")),
    }))
    .sort((a, b) => `${a.file} ${a.name}`.localeCompare(`${b.file} ${b.name}`));
}

/** `form` goes as the second argument, the first is the state before: see `formAction`. */
export async function postAction(
  url: string,
  action: string,
  form: Iterable<[string, string | File]>,
  headers: Readonly<Record<string, string>>,
): Promise<Answer> {
  const body = new FormData();
  for (const [name, value] of form) body.append(`_1_${name}`, value);
  body.append("0", JSON.stringify(["$undefined", "$K1"]));
  const response = await fetch(url, {
    method: "POST",
    body,
    redirect: "manual",
    headers: { accept: "text/x-component", "next-action": action, origin: new URL(url).origin, ...headers },
  });
  return { status: response.status, ...stateIn(await response.text()) };
}

/** The action's answer among the lines of a response: the one with a submission. */
function stateIn(text: string): Omit<Answer, "status"> {
  for (const line of text.split("\n")) {
    // A long text comes before it, on the same line.
    const [json] = /\{"submission".*\}$/.exec(line) ?? [];
    if (!json) continue;
    const state = stateSchema.parse(
      JSON.parse(json, (_, value: unknown) => (value === "$undefined" ? undefined : value)),
    );
    const errors = Object.fromEntries(
      Object.entries(state.submission.error ?? {}).map(([field, sentences]) => [field, sentences ?? []]),
    );
    const done = state.done !== undefined || state.goTo !== undefined;
    return { failure: state.failure, errors, done, typed: state.submission.initialValue ?? {} };
  }
  return { failure: undefined, errors: {}, done: false, typed: {} };
}

const stateSchema = z.object({
  submission: z.looseObject({
    initialValue: z.record(z.string(), z.unknown()).nullish(),
    error: z.record(z.string(), z.array(z.string()).nullish()).nullish(),
  }),
  failure: z.string().optional(),
  done: z.string().optional(),
  goTo: z.string().optional(),
});
