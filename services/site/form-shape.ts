import type { FormEntry } from "./form";
import { Refusal } from "./refusal";

/** An index or a nesting beyond these is no form of ours: arrays of that length would be built for it. */
const HIGHEST_INDEX = 999;
const MOST_PARTS = 6;
/** Sum of the lengths of all lists of a form. */
const MOST_SLOTS = 5_000;

/** Its reference, its id and its key, and as much again. */
const MOST_ACTIONS = 6;

const MOST_JSON_LENGTH = 500_000;
const MOST_JSON_DEPTH = 20;
const MOST_JSON_VALUES = 20_000;
const MOST_REFERENCES = 200;
/** Each names the whole form again. */
const MOST_FORMS = 3;

/** Of React: the arguments of an action (`0`, `$ACTION_1:0`), and which action it is. */
const argument = /^(?:\$ACTION_\d{1,3}:)?\d{1,3}$/;
const actionName = /^\$ACTION_(?:REF_\d{1,3}|ID_[0-9a-f]{1,100}|KEY)$/;
/** Of React: a form among the arguments of an action. */
const formPrefix = /^(?:\$ACTION_\d{1,3}:)?_\d{1,3}_/;
/** Without what conform reserves (`__intent__`, `__state__`), which no form here sends: it would be read as JSON. */
const segment = /^[A-Za-z][\w-]{0,60}$/;

/**
 * Refuses a form whose names or JSON no form of this site could have sent, before anything builds lists and objects
 * as large as they say.
 * @throws Refusal
 */
export function checkForm(entries: readonly FormEntry[]): void {
  const lengths = new Map<string, number>();
  let actions = 0;
  let jsonLength = 0;
  for (const { name, value } of entries) {
    if (actionName.test(name)) actions += 1;
    else if (argument.test(name)) {
      if (typeof value !== "string") throw damaged();
      jsonLength += value.length;
      if (jsonLength > MOST_JSON_LENGTH) throw new Refusal(413, "form_too_large");
      checkReply(value, name.startsWith("$"));
    } else {
      // A page that has become one with its script sends the fields for browsers without one along.
      const own = name.replace(formPrefix, "");
      if (own === name || !(actionName.test(own) || (own.startsWith("$") && argument.test(own))))
        countLists(own, lengths);
    }
  }
  if (actions > MOST_ACTIONS) throw damaged();
  let slots = 0;
  for (const length of lengths.values()) slots += length;
  if (slots > MOST_SLOTS) throw damaged();
}

/** `list[3].field` makes `list` at least four long. */
function countLists(name: string, lengths: Map<string, number>): void {
  const parts = name.split(/\.|(?=\[)/);
  if (parts.length > MOST_PARTS) throw damaged();
  let path = "";
  for (const [position, part] of parts.entries()) {
    const [, index] = /^\[(\d{0,10})\]$/.exec(part) ?? [];
    if (position > 0 && index !== undefined) {
      if (Number(index) > HIGHEST_INDEX) throw damaged();
      lengths.set(path, Math.max(lengths.get(path) ?? 0, Number(index) + 1));
    } else if (!segment.test(part) || part === "constructor") throw damaged();
    path += `/${part}`;
  }
}

/**
 * The arguments of an action in React's notation: of its references those alone that our forms' arguments have, a
 * value told before and a form. No promise, stream, module or blob.
 * @throws Refusal
 */
export function checkReply(text: string, isBound: boolean): void {
  let references = 0;
  let forms = 0;
  walk(parse(text), (value, key) => {
    if (typeof value !== "string" || !value.startsWith("$") || value.startsWith("$$")) return;
    if (/^\$(?:undefined|NaN|-?Infinity|-0)$/.test(value)) return;
    if (/^\$K[0-9a-f]{1,3}$/.test(value)) forms += 1;
    else if (/^\$[0-9a-f]{1,3}(?::[^:]{1,100}){0,10}$/.test(value)) references += 1;
    // A form that is posted without a script names the arguments that the page gave its action.
    else if (!(isBound && key === "bound" && /^\$@\d{1,3}$/.test(value))) throw damaged();
    if (references > MOST_REFERENCES || forms > MOST_FORMS) throw damaged();
  });
}

function parse(text: string): unknown {
  if (text.length > MOST_JSON_LENGTH) throw new Refusal(413, "form_too_large");
  try {
    return JSON.parse(text);
  } catch {
    throw damaged();
  }
}

function walk(root: unknown, visit: (value: unknown, key: string) => void): void {
  const waiting: { value: unknown; key: string; depth: number }[] = [{ value: root, key: "", depth: 0 }];
  let seen = 0;
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { value, key, depth } = next;
    seen += 1;
    if (depth > MOST_JSON_DEPTH || seen > MOST_JSON_VALUES) throw damaged();
    visit(value, key);
    if (typeof value !== "object" || value === null) continue;
    for (const [name, inner] of Object.entries(value)) {
      waiting.push({ value: inner, key: name, depth: depth + 1 });
      if (waiting.length > MOST_JSON_VALUES) throw damaged();
    }
  }
}

function damaged(): Refusal {
  return new Refusal(400, "form_not_readable");
}
