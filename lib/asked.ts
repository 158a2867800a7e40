/**
 * What somebody asked a page that must not stand in its address: the question waits sealed in their browser for ten
 * minutes, and the address has only the number under which it is read.
 */
import "server-only";
import { randomBytes } from "node:crypto";
import { readSealedCookie, sealIntoCookie } from "./sealed-cookie";

const SECONDS = 600;

/** @returns the number, or undefined where the question is too long to wait */
export async function keepAsked(what: string, question: string): Promise<string | undefined> {
  const number = randomBytes(6).toString("hex");
  const isKept = await sealIntoCookie("asked", question, {
    purpose: purposeOf(what, number),
    seconds: SECONDS,
  });
  return isKept ? number : undefined;
}

/** @param number as the address has it */
export async function readAsked(what: string, number: unknown): Promise<string | undefined> {
  if (typeof number !== "string" || !/^[0-9a-f]{12}$/.test(number)) return undefined;
  return readSealedCookie("asked", purposeOf(what, number));
}

function purposeOf(what: string, number: string): string {
  return `asked ${what} ${number}`;
}
