/** What an issuer writes to a person by itself: somebody has taken, or is about to take, a credential in your name. */
import { randomBytes } from "node:crypto";
import type { Store } from "../sealed/store";

export interface Notice {
  readonly language: "it" | "en";
  /** Where an objection is made. */
  readonly objection: string;
  readonly notBefore: Date | null;
}

export interface KeptNotice {
  readonly id: number;
  readonly address: string;
  readonly subject: string;
  readonly text: string;
  readonly at: number;
}

const FIRST_WAIT_MS = 5_000;
const ATTEMPTS = 17;

const organisations = {
  it: ["il Comune", "la rete delle Case del Quartiere", "i garanti"],
  en: ["the Municipality", "the network of neighbourhood houses", "the guarantors"],
} as const;

export function noticeText(issuer: 1 | 2 | 3, { language, objection, notBefore }: Notice) {
  const who = organisations[language][issuer - 1] as string;
  if (language === "en") {
    const when = notBefore
      ? `The credential will be issued from ${instant(notBefore, "en-GB")} on.`
      : "The credential is being issued now.";
    return {
      subject: "A voting credential in your name",
      text: `Somebody signed in as you to take a voting credential.\n${when}\n\nIf it was you, there is nothing to do.\nIf it was not you, say so here:\n${objection}\n\nThis message was sent by ${who}, one of the three bodies that issue credentials. Each of them writes to you.`,
    };
  }
  const when = notBefore
    ? `La credenziale sarà rilasciata a partire dal ${instant(notBefore, "it-IT")}.`
    : "La credenziale viene rilasciata adesso.";
  return {
    subject: "Una credenziale di voto a Suo nome",
    text: `Qualcuno ha fatto l’accesso con la Sua identità per prendere una credenziale di voto.\n${when}\n\nSe è stata Lei a chiederla, non deve fare nulla.\nSe non è stata Lei, lo dica qui:\n${objection}\n\nQuesto messaggio è inviato da uno dei tre enti che rilasciano le credenziali: ${who}. Ciascuno dei tre Le scrive per conto proprio.`,
  };
}

function instant(date: Date, locale: string): string {
  return date.toLocaleString(locale, { dateStyle: "long", timeStyle: "short", timeZone: "Europe/Rome" });
}

/** Notices wait here until they are sent; in a trial without a mail server they are read on the mailbox page. */
export class Notices {
  constructor(private readonly store: Store) {}

  add(address: string, subject: string, text: string, now: number): void {
    this.store
      .prepare("INSERT INTO notice (address, subject, text, at) VALUES (?, ?, ?, ?)")
      .run(address, subject, text, now);
  }

  of(address: string): KeptNotice[] {
    return this.store
      .prepare(
        "SELECT id, address, subject, text, at FROM notice WHERE address = ? ORDER BY id DESC LIMIT 50",
      )
      .all(address) as never;
  }

  /** Those to be sent now: each time it was not taken, a notice waits twice as long, and is given up after four days. */
  waiting(most: number, now: number): KeptNotice[] {
    return this.store
      .prepare(
        `SELECT id, address, subject, text, at FROM notice
         WHERE attempts < ${ATTEMPTS} AND at + ${FIRST_WAIT_MS} * ((1 << attempts) - 1) <= ? ORDER BY attempts, id LIMIT ?`,
      )
      .all(now, most) as never;
  }

  /** Sent ones are deleted: an address is kept no longer than it is needed. */
  sent(id: number): void {
    this.store.prepare("DELETE FROM notice WHERE id = ?").run(id);
  }

  failed(id: number): void {
    this.store.prepare("UPDATE notice SET attempts = attempts + 1 WHERE id = ?").run(id);
  }
}

/** Whoever has it may object in the person's name. */
export function newObjectionToken(): Uint8Array {
  return new Uint8Array(randomBytes(24));
}
