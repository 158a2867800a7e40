/**
 * The words of an act, made from the bytes that are signed: in the browser before the gesture, in the trial signer, and
 * wherever an act is told afterwards. Nothing here asks a server.
 */

import { askedFacts } from "@/features/commons/rules";
import { type Sentences, stepSentence } from "@/features/commons/step-words";
import { codeGroups } from "@/features/passkeys/rules";
import { formatDate, formatDeadline, formatMoney, formatNumber } from "@/lib/format";
import type { Locale } from "@/lib/language/routing";
import { datePhrases } from "@/lib/phrases";
import { readSignedAct } from "@/protocol/acts/signed-act";

/** A translator of all messages: `useTranslations()`, or `createTranslator({ locale, messages })`. */
export type Words = {
  (key: string, values?: Readonly<Record<string, string | number>>): string;
  has(key: string): boolean;
};

export type ActRow = {
  label: string;
  value: string;
  /**
   * `said`: as the bytes say it. `name`: what the site calls an id of the bytes. `digest`: what it stands for is not in
   * the bytes. `text`: a text of which the bytes hold the digest, computed again by whoever shows it.
   */
  kind: "said" | "name" | "digest" | "text";
  /** What the bytes hold, where `value` is not it. */
  code?: string;
};

export type ActInWords = {
  title: string;
  person: string;
  /** `protocol/primitives.ts` */
  role: string;
  expiresOn: string;
  rows: ActRow[];
};

export type Known = {
  /** Names by id, as the site has them. */
  names?: Readonly<Record<string, string>>;
  /** Texts by digest; only those whose digest was computed again and is this one. */
  texts?: Readonly<Record<string, string>>;
};

/** @throws {RuleError} `act_malformed` */
export function actInWords(text: string, t: Words, locale: Locale, known: Known = {}): ActInWords {
  const { transaction, person, role, input, expiresOn } = readSignedAct(text);
  const title = stepSentence(sentencesOf(t), locale, transaction, askedFacts(transaction, input));
  return { title, person, role, expiresOn, rows: new Rows(t, locale, known).of(input) };
}

/** The sentences of steps, out of all messages. */
function sentencesOf(t: Words): Sentences {
  const sentence: Words = Object.assign(
    (key: string, values?: Readonly<Record<string, string | number>>) => t(`thread.${key}`, values),
    { has: (key: string) => t.has(`thread.${key}`) },
  );
  return sentence as unknown as Sentences;
}

/** Members that hold one of a few choices, with the messages that have the words of them. */
const choices: Readonly<Record<string, string>> = {
  ballotKind: "signing.values",
  form: "signing.values",
  kind: "signing.values",
  scopes: "signing.values",
  purpose: "signing.values",
  fault: "signing.values",
  type: "signing.values",
  transaction: "signing.values",
  organisation: "organisations",
  part: "organisations",
  role: "roles",
};

/** Members that say nothing to a reader come last. */
const technical: ReadonlySet<string> = new Set(["municipality", "command", "id"]);

const day = /^\d{4}-\d{2}-\d{2}$/;
const instant = /^\d{4}-\d{2}-\d{2}T/;
const digest = /^[0-9a-f]{64}$/;

class Rows {
  readonly #rows: ActRow[] = [];

  constructor(
    private readonly t: Words,
    private readonly locale: Locale,
    private readonly known: Known,
  ) {}

  of(input: object): ActRow[] {
    const members = Object.entries(input);
    for (const [member, value] of members)
      if (!technical.has(member)) this.#add(member, this.#label(member), value);
    for (const [member, value] of members)
      if (technical.has(member)) this.#add(member, this.#label(member), value);
    return this.#rows;
  }

  #label(member: string): string {
    const key = `signing.members.${member}`;
    return this.t.has(key) ? this.t(key) : member;
  }

  #add(member: string, label: string, value: unknown): void {
    if (Array.isArray(value)) {
      for (const [index, one] of value.entries()) this.#add(member, `${label} ${index + 1}`, one);
    } else if (typeof value === "object" && value !== null) {
      if (isLegalAct(value)) this.#addLegalAct(label, value);
      else
        for (const [inner, one] of Object.entries(value))
          this.#add(inner, `${label}: ${this.#label(inner)}`, one);
    } else this.#rows.push({ label, ...this.#said(member, value) });
  }

  #addLegalAct(label: string, { kind, number, date, body, file }: LegalAct): void {
    const line = this.t("acts.line", {
      kind: this.t(`acts.kind.${kind}`),
      number,
      body,
      ...datePhrases("date", date, this.locale),
    });
    this.#rows.push({ label, value: line, kind: "said" });
    if (file !== undefined) this.#add("file", `${label}: ${this.#label("file")}`, file);
  }

  #said(member: string, value: unknown): Omit<ActRow, "label"> {
    const { t, locale } = this;
    if (typeof value === "boolean") return said(t(value ? "signing.yes" : "signing.no"));
    if (member === "year") return said(String(value));
    if (typeof value === "number")
      return said(member.endsWith("Cents") ? formatMoney(value, locale) : formatNumber(value, locale));
    const text = String(value);
    if (day.test(text)) return said(formatDate(text, locale));
    if (instant.test(text)) return said(formatDeadline(new Date(text), locale));
    // As its owner reads it out: it is compared with what is signed, not with what a page says of it.
    if (member === "code" && digest.test(text)) return { ...said(codeGroups(text).join(" ")), code: text };
    if (digest.test(text)) return this.#digest(text);
    const name = own(this.known.names, text);
    if (name !== undefined) return { value: name, kind: "name", code: text };
    const words = own(choices, member);
    // What every object has is no message.
    if (words !== undefined && !(text in Object.prototype) && t.has(`${words}.${text}`))
      return { ...said(t(`${words}.${text}`)), code: text };
    return text.length > 100 ? { value: shortened(text), kind: "digest", code: text } : said(text);
  }

  #digest(text: string): Omit<ActRow, "label"> {
    const full = own(this.known.texts, text);
    if (full !== undefined) return { value: full, kind: "text", code: text };
    return { value: shortened(text), kind: "digest", code: text };
  }
}

type LegalAct = { kind: string; number: string; date: string; body: string; file?: string };

function isLegalAct(value: object): value is LegalAct {
  return ["kind", "number", "date", "body"].every((member) => typeof Reflect.get(value, member) === "string");
}

function said(value: string): Omit<ActRow, "label"> {
  return { value, kind: "said" };
}

function own(map: Readonly<Record<string, string>> | undefined, key: string): string | undefined {
  return map && Object.hasOwn(map, key) ? map[key] : undefined;
}

/** The two ends of a code that nobody reads whole. */
function shortened(text: string): string {
  return `${text.slice(0, 8)}…${text.slice(-8)}`;
}
