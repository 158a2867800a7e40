import { Day } from "@/protocol/primitives";
import { centsOf } from "./amount";
import { TreasuryFileError } from "./file-problem";
import type { EntityCodes } from "./treasury-file";
import type { Element } from "./xml";

/** The first child of a name; undefined where there is none. */
export function childOf(element: Element, name: string): Element | undefined {
  return element.children.find((child) => child.name === name);
}

/** The text of a child that must not be empty. @throws TreasuryFileError that names the element and its line */
export function needed(element: Element, name: string): string {
  return optional(element, name) ?? wrong(element, name);
}

export function optional(element: Element, name: string): string | undefined {
  return childOf(element, name)?.text.trim() || undefined;
}

export function wholeNumber(element: Element, name: string, most: number): number {
  const text = needed(element, name);
  const number = /^\+?\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  return number <= most ? number : wrong(element, name);
}

export function optionalNumber(element: Element, name: string, most: number): number | null {
  return optional(element, name) === undefined ? null : wholeNumber(element, name, most);
}

/** The financial year. */
export function yearIn(element: Element): number {
  const year = wholeNumber(element, "esercizio", 2099);
  return year >= 1999 ? year : wrong(element, "esercizio");
}

/** The day of an `xs:date` or `xs:dateTime`, as it is written: a treasury means its own. */
export function dayIn(element: Element, name: string): string {
  const day = needed(element, name).slice(0, 10);
  return Day.safeParse(day).success ? day : wrong(element, name);
}

/** Euro cents without sign: some treasuries write a reversal as a negative amount. */
export function amountIn(element: Element, name: string): number {
  const cents = centsOf(needed(element, name));
  return cents === undefined ? wrong(element, name) : Math.abs(cents);
}

/** An `xs:dateTime` as an instant; Italian time where it names no offset would say no more, since files are compared with files. */
export function instantIn(element: Element, name: string): string {
  const text = needed(element, name);
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?)(Z|[+-]\d\d:\d\d)?$/.exec(text);
  const time = match ? Date.parse(`${match[1]?.slice(0, 23)}${match[2] ?? "Z"}`) : Number.NaN;
  return Number.isNaN(time) ? wrong(element, name) : new Date(time).toISOString();
}

export function receiptIn(element: Element, name: string): string | null {
  const text = optional(element, name);
  if (text === undefined) return null;
  return /^\d{1,20}$/.test(text) ? text : wrong(element, name);
}

export function entityIn(header: Element): EntityCodes {
  const codes = {
    office: optional(header, "codice_ente"),
    siope: optional(header, "codice_istat_ente"),
    taxCode: optional(header, "codice_fiscale_ente"),
    bank: optional(header, "codice_ente_BT"),
  };
  return Object.fromEntries(Object.entries(codes).filter(([, code]) => code !== undefined));
}

/** @throws TreasuryFileError always */
export function wrong(element: Element, name: string): never {
  throw new TreasuryFileError("treasury_file_element", {
    element: name,
    line: childOf(element, name)?.line ?? element.line,
  });
}
