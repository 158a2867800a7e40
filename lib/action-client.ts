import "server-only";
import type { SubmissionResult } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { refresh } from "next/cache";
import { headers } from "next/headers";
import { redirect as redirectToPath } from "next/navigation";
import { getLocale } from "next-intl/server";
import { createSafeActionClient } from "next-safe-action";
import { z } from "zod";
import { collectingActs } from "./acts-to-sign";
import { ageOf, currentSession, currentViewer, leastAgeIn } from "./auth";
import { db } from "./db";
import { issueCode, issueParams } from "./error-sentence";
import { errorSentences } from "./error-sentences";
import {
  ExpectedError,
  InvalidInputError,
  NotAllowedError,
  NotFoundError,
  NotSignedInError,
  SignInAgainError,
} from "./errors";
import { isBounded } from "./form-bounds";
import { type Intention, intending, intentionOf } from "./intention";
import { forgetKeptForm, keepForm } from "./kept-form";
import { getPathname, type Href, redirect } from "./language/navigation";
import type { Locale } from "./language/routing";
import { inRequest } from "./log";
import {
  levelNeeded,
  needsRecentSignIn,
  type Permission,
  type RoleHeld,
  roleFor,
  type Viewer,
} from "./permissions";
import { countAction } from "./rate-limit";
import { requestId } from "./request-id";
import { municipalityOfPath, requestedPath } from "./request-path";
import { ownPath } from "./same-site";
import { securityEvent } from "./security-log";
import { tidying } from "./tidying";
import { presentError } from "./unexpected";

/** What every action knows before it starts: who, where, and under which role it is allowed. */
export type ActionContext = {
  viewer: Viewer;
  /** From the path of the page the form is on. Every query and service call is scoped to its `istatCode`. */
  municipality: { istatCode: string; slug: string; name: string };
  role: RoleHeld;
  locale: Locale;
};

/** The same with the form as it came, for files and for lists whose length the schema does not know. */
export type FormContext = ActionContext & { form: FormData };

/** What a form gets back. Sentences are in the person's language; what was typed is in `submission`. */
export type FormState =
  | {
      submission: SubmissionResult<string[]>;
      /** What stood against it, where no single field is to blame. */
      failure?: string;
      /** Of which the failure is the sentence. */
      code?: string;
      /** Why there is no answer, as the page itself says it. */
      lost?: { title: string; text: string };
      /** That the form is as it was sent before signing in again. */
      restored?: string;
      /** What has happened and what comes next. */
      done?: string;
      /** What a script on the page goes on with, such as the number of the draft it has just saved. */
      values?: Readonly<Record<string, string>>;
      /** Where it leads. The page's script goes there: without one the answer itself is a redirection. */
      goTo?: string;
    }
  | undefined;

/**
 * `clear` empties the form, where the next thing to write is another one. The page is drawn again beside the
 * answer, unless `still` says that nothing on it has changed.
 */
export type FormOutcome =
  | { done: string; clear?: boolean; still?: boolean; values?: Readonly<Record<string, string>> }
  | { redirectTo: Href }
  /** To a path of this site that somebody brought: see `ownPath`. */
  | { backTo: string };

/**
 * Makes a server action for one form:
 *
 *     export const savePreferences = formAction({
 *       name: "savePreferences",
 *       permission: "own:write",
 *       schema: preferencesSchema,
 *       run: async (input, { viewer }) => { await changePreferences(db, viewer.id, input); return { done: … } },
 *     });
 *
 * It resolves person and municipality, checks the permission, parses the form by its one schema and calls
 * `run`, which calls a service and nothing else. An expected error becomes a sentence, at the field it names if
 * it names one; any other is logged once and shown by its id. Nothing that was typed is lost. The same function
 * answers a form posted without JavaScript.
 */
export function formAction<Schema extends z.ZodType>(options: {
  /** As the log calls it. */
  name: string;
  permission: Permission;
  /** Whether the person must have proved who they are a short while ago, where the permission does not say so. */
  recent?: boolean;
  /** By language where a field is read as the language writes it, such as an amount; by form where it says which one it is. */
  schema: Schema | ((locale: Locale, form: FormData) => Schema);
  run(input: z.output<Schema>, context: FormContext): Promise<FormOutcome>;
  /** Whether it cannot be undone: it is done only once the box of the form's `Confirmation` is ticked. */
  irreversible?: boolean | ((input: z.output<Schema>) => boolean);
  /** Whether a form sent after the session was over waits, sealed, until its person has signed in again. Default true. */
  keptForSignIn?: boolean;
}): (state: FormState, form: FormData) => Promise<FormState> {
  const action = client
    .metadata({ name: options.name, permission: options.permission, recent: options.recent ?? false })
    .inputSchema(z.instanceof(FormData))
    .action(async ({ parsedInput: form, ctx }) => {
      if (!isBounded(form)) throw new InvalidInputError({}, "form_unreadable");
      const sentence = await errorSentences();
      const unstorable = fieldsNobodyCanKeep(form);
      if (unstorable.length > 0) {
        const fieldErrors = Object.fromEntries(
          unstorable.map((name) => [name, [sentence("character_not_taken")]]),
        );
        return { state: { submission: asSent(form, { fieldErrors }) } };
      }
      const submission = parseWithZod(form, {
        schema: typeof options.schema === "function" ? options.schema(ctx.locale, form) : options.schema,
        error: issueCode,
        formatError: (issues: z.core.$ZodIssue[]) =>
          issues.map((issue) => sentence(issue.message, issueParams(issue))),
      });
      if (submission.status !== "success") return { state: { submission: submission.reply() } };
      const { irreversible = false } = options;
      const isToConfirm = typeof irreversible === "function" ? irreversible(submission.value) : irreversible;
      if (isToConfirm && form.get("confirmed") !== "on") {
        const fieldErrors = { confirmed: [sentence("confirmation_needed")] };
        return { state: { submission: submission.reply({ fieldErrors }) } };
      }
      try {
        const who = { municipality: ctx.municipality.istatCode, person: ctx.viewer.id };
        const asked = asOwn(submission.value, (command) => intentionOf(who, options.name, command, form));
        const { outcome, acts } = await intending(asked.intention, () =>
          collectingActs(() => tidying(() => options.run(asked.input, { ...ctx, form }))),
        );
        await forgetKeptForm();
        const next = pathAfter(outcome, ctx.locale);
        const own = acts.filter(({ person }) => person === ctx.viewer.id).map(({ id }) => id);
        if (own.length > 0) return { goTo: signingPath(ctx, own, next ?? (await requestedPath())) };
        if (next !== undefined) return { goTo: next };
        if (!("done" in outcome)) return {};
        const { done, clear = false, still = false, values } = outcome;
        if (!still) refresh();
        return {
          state: { submission: submission.reply({ resetForm: clear }), done, ...(values && { values }) },
        };
      } catch (error) {
        if (!(error instanceof InvalidInputError)) throw error;
        const fieldErrors = Object.fromEntries(
          Object.entries(error.fields).map(([field, code]) => [field, [sentence(code, error.params)]]),
        );
        return { state: { submission: submission.reply({ fieldErrors }) } };
      }
    });
  return async (_, form) => {
    const { data, serverError } = await action(form);
    if (data?.goTo) {
      // Next would draw the next page within this answer, by a request of its own that has lost the session.
      if (await isFromScript()) return { submission: kept(form), goTo: data.goTo };
      return redirectToPath(data.goTo);
    }
    if (data?.state) return data.state;
    const sentence = await errorSentences();
    // What is no form, but whatever else a program has sent, is the one input that was not taken.
    const code = serverError?.code ?? "form_unreadable";
    // Without JavaScript the answer would be the page itself, which leads to signing in and forgets the form.
    if (code === "not_signed_in" && !(await isFromScript()))
      return signInFirst(form, options.keptForSignIn ?? true);
    return { submission: kept(form), failure: sentence(code, serverError?.params), code };
  };
}

const permissionSchema = z.custom<Permission>((value) => typeof value === "string");

const client = createSafeActionClient({
  defineMetadataSchema: () =>
    z.object({ name: z.string(), permission: permissionSchema, recent: z.boolean() }),
  handleServerError: (error, { metadata }) => presentError(error, { action: metadata?.name ?? "unknown" }),
}).use(async ({ next, metadata }) =>
  inRequest(await requestId(), async () => next({ ctx: await resolveContext(metadata) })),
);

type Asked = { name: string; permission: Permission; recent: boolean };

/** How long ago somebody may have proved who they are for what moves money, gives roles or erases: milliseconds. */
const RECENT_MS = 30 * 60_000;

/** @throws ExpectedError where nobody has signed in, the municipality has no pages, or the person may not. */
async function resolveContext({ name: action, permission, recent }: Asked): Promise<ActionContext> {
  const [session, viewer] = [await currentSession(), await currentViewer()];
  if (!session || !viewer) throw new NotSignedInError();
  const slug = await municipalityOfPath();
  const municipality =
    slug &&
    (await db.municipality.findUnique({
      where: { slug, active: true },
      select: { istatCode: true, name: true },
    }));
  if (!municipality) throw new NotFoundError();
  const { istatCode, name } = municipality;
  const role = roleFor(viewer, istatCode, permission);
  try {
    if (session.level < levelNeeded(permission)) throw new NotAllowedError("level_too_low");
    if (!role) throw new NotAllowedError();
    // A vote asks for the age that its round was frozen with.
    const ownAge = permission.startsWith("own:") || permission === "ballots:request";
    if (role.role === "resident" && !ownAge) await requireAge(viewer.id, await leastAgeIn(istatCode));
    const since = Date.now() - session.authenticatedAt.getTime();
    if ((recent || needsRecentSignIn(permission)) && since > RECENT_MS) throw new SignInAgainError();
  } catch (error) {
    if (error instanceof ExpectedError)
      securityEvent(error instanceof SignInAgainError ? "sign_in_again_asked" : "not_allowed", {
        ...{ person: viewer.id, municipality: istatCode, action, permission, reason: error.code },
      });
    throw error;
  }
  await countAction(viewer.id, permission);
  return { viewer, municipality: { istatCode, slug, name }, role, locale: await getLocale() };
}

async function requireAge(person: string, minimum: number): Promise<void> {
  if ((await ageOf(person, new Date())) < minimum) throw new NotAllowedError("under_age", { minimum });
}

/** The input with the id of its intention in the place of the `command` that the browser chose, where it has one. */
function asOwn<Input>(
  input: Input,
  intentionOfCommand: (command: string) => Intention,
): { input: Input; intention?: Intention } {
  const given = withCommand.safeParse(input);
  if (!given.success) return { input };
  // A UUID in capitals is the same one.
  const intention = intentionOfCommand(given.data.command.toLowerCase());
  return { input: { ...input, command: intention.id }, intention };
}

const withCommand = z.object({ command: z.string() });

function pathAfter(outcome: FormOutcome, locale: Locale): string | undefined {
  if ("redirectTo" in outcome) return getPathname({ href: outcome.redirectTo, locale });
  return "backTo" in outcome ? ownPath(outcome.backTo) : undefined;
}

/** Where acts of the person that were queued just now are signed; from there it goes on to where the form leads. */
function signingPath({ municipality, locale }: ActionContext, ids: readonly string[], path: string): string {
  const params = { municipality: municipality.slug };
  const query = { atti: ids.join(","), poi: path };
  return getPathname({ href: { pathname: "/[municipality]/sign", params, query }, locale });
}

async function isFromScript(): Promise<boolean> {
  return (await headers()).has("next-action");
}

/** Leads to signing in and back to the page of the form, which is then as it was sent. */
async function signInFirst(form: FormData, isKept: boolean): Promise<never> {
  const path = await requestedPath();
  const found = isKept && isFormOfOurs(form) && (await keepForm(form, path)) ? { modulo: "1" } : {};
  return redirect({
    href: { pathname: "/sign-in", query: { da: path, ...found } },
    locale: await getLocale(),
  });
}

/** The form as it was sent, for a failure that came before it was parsed. Files cannot be shown again. */
function kept(form: FormData): SubmissionResult<string[]> {
  // Also whoever was refused has sent it: what no form of ours could be is not even read.
  if (!isFormOfOurs(form)) return { status: "error", initialValue: {}, error: {} };
  return asSent(form, { formErrors: [] });
}

/** A program may send anything where the page's script sends a form. */
function isFormOfOurs(form: unknown): form is FormData {
  return form instanceof FormData && isBounded(form);
}

function asSent(
  form: FormData,
  errors: { formErrors: string[] } | { fieldErrors: Record<string, string[]> },
): SubmissionResult<string[]> {
  return parseWithZod(form, { schema: z.looseObject({}), disableAutoCoercion: true }).reply(errors);
}

/** Fields with the one character that no database keeps: no keyboard has it, but a copied text may. */
function fieldsNobodyCanKeep(form: FormData): string[] {
  return [...form].flatMap(([name, value]) =>
    typeof value === "string" && value.includes("\0") ? [name] : [],
  );
}
