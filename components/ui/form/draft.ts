/**
 * What somebody has typed into a form and not yet sent, kept in this tab alone. It comes back after a change of
 * language, a way back, a reload or a new sign-in, for the same person only, and goes once the form has been taken.
 */
export type Draft = {
  /** Names and values in the order of the form; of boxes and choices those that are ticked. */
  entries: [string, string][];
  /** The command under which it was sent without an answer: sent again under it, it is recorded once. */
  command?: string;
  /** Where the form has a field of that name: the saving this content started from or ended in. */
  revision?: number;
  /** Whether that saving already holds this content. */
  saved?: boolean;
};

const prefix = "cocity-form ";
/** Beyond it a form is not kept: the whole store of a tab is a few million characters. */
const mostCharacters = 300_000;

/** `owner` stands for the person, `place` for the page in either language. */
export function draftKey(owner: string, place: string, form: string): string {
  return `${prefix}${owner} ${place} ${form}`;
}

export function readDraft(key: string): Draft | undefined {
  try {
    const kept = sessionStorage.getItem(key);
    const draft: unknown = kept === null ? undefined : JSON.parse(kept);
    return isDraft(draft) ? draft : undefined;
  } catch {
    return undefined;
  }
}

export function writeDraft(key: string, draft: Draft): void {
  const text = JSON.stringify(draft);
  if (text.length > mostCharacters) return;
  try {
    sessionStorage.setItem(key, text);
  } catch {
    // No room, or none is given: the page itself still has everything.
  }
}

export function removeDraft(key: string): void {
  try {
    sessionStorage.removeItem(key);
  } catch {
    // Nothing was kept either.
  }
}

/** Removes what was typed by anybody but `owner`; by everybody where there is none. */
export function removeDraftsOfOthers(owner: string | undefined): void {
  try {
    for (const key of Object.keys(sessionStorage))
      if (key.startsWith(prefix) && (owner === undefined || !key.startsWith(`${prefix}${owner} `)))
        sessionStorage.removeItem(key);
  } catch {
    // Nothing was kept either.
  }
}

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** What people fill in: no hidden fields, files or passwords. */
function controlsOf(form: HTMLFormElement): Control[] {
  return [...form.elements].filter((element): element is Control => {
    if (element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement)
      return element.name !== "";
    if (!(element instanceof HTMLInputElement) || element.name === "") return false;
    return !["hidden", "file", "password", "submit", "button", "image", "reset"].includes(element.type);
  });
}

/** What the form says; with `asDrawn` what it said when the server drew it. */
export function entriesOf(form: HTMLFormElement, asDrawn = false): [string, string][] {
  return controlsOf(form).flatMap((control): [string, string][] => {
    if (isTick(control)) {
      const ticked = asDrawn ? control.defaultChecked : control.checked;
      return ticked ? [[control.name, control.value]] : [];
    }
    return [[control.name, asDrawn ? drawnValue(control) : control.value]];
  });
}

/**
 * Puts entries back, as if they were typed: what listens to the form hears of each change.
 * @param fields `untouched` leaves what somebody has changed already, before the page's script ran
 */
export function putBack(
  form: HTMLFormElement,
  entries: readonly [string, string][],
  fields: "all" | "untouched",
): void {
  const left = [...entries];
  const take = (name: string, value?: string) => {
    const at = left.findIndex((entry) => entry[0] === name && (value === undefined || entry[1] === value));
    return at < 0 ? undefined : left.splice(at, 1)[0]?.[1];
  };
  for (const control of controlsOf(form)) {
    if (isTick(control)) {
      const ticked = take(control.name, control.value) !== undefined;
      if (control.checked === ticked || (fields === "untouched" && isTouched(control))) continue;
      control.checked = ticked;
    } else {
      const value = take(control.name);
      if (value === undefined || control.value === value) continue;
      if (fields === "untouched" && isTouched(control)) continue;
      // By way of the element's own class: React would not hear of a value set on the element.
      Object.getOwnPropertyDescriptor(Object.getPrototypeOf(control), "value")?.set?.call(control, value);
    }
    control.dispatchEvent(new Event("input", { bubbles: true }));
    control.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function isTick(control: Control): control is HTMLInputElement {
  return control instanceof HTMLInputElement && (control.type === "checkbox" || control.type === "radio");
}

function isTouched(control: Control): boolean {
  return isTick(control) ? control.checked !== control.defaultChecked : control.value !== drawnValue(control);
}

function drawnValue(control: Control): string {
  if (!(control instanceof HTMLSelectElement)) return control.defaultValue;
  const options = [...control.options];
  return (options.find((option) => option.defaultSelected) ?? options[0])?.value ?? "";
}

function isDraft(value: unknown): value is Draft {
  if (typeof value !== "object" || value === null || !("entries" in value)) return false;
  const { entries } = value;
  return (
    Array.isArray(entries) &&
    entries.every((entry) => Array.isArray(entry) && entry.every((part) => typeof part === "string"))
  );
}
