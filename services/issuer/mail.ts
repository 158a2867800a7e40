/** Sends an issuer's notices by its organisation's own mail server. */
import { createTransport, type Transporter } from "nodemailer";
import { log } from "@/lib/log";
import type { KeptNotice, Notices } from "./notices";

/** Notices in one go, so that a slow server does not hold up the issuer's other work. */
const AT_ONCE = 20;
const ANSWER_MS = 20_000;

export interface MailServer {
  /** `smtp://` or `smtps://`, with user and password where it asks for them. */
  readonly url: string;
  /** Who writes: an address, or a name and an address in angle brackets. */
  readonly from: string;
}

export class NoticeMail {
  readonly #transport: Transporter;

  constructor(
    private readonly notices: Notices,
    private readonly server: MailServer,
    private readonly now: () => number = Date.now,
  ) {
    this.#transport = createTransport({
      ...{ url: server.url, disableFileAccess: true, disableUrlAccess: true },
      ...{ connectionTimeout: ANSWER_MS, greetingTimeout: ANSWER_MS, socketTimeout: ANSWER_MS },
    });
  }

  /** Sends those that wait, the ones tried least often first. What is not taken is tried again later. */
  async work(): Promise<void> {
    for (const notice of this.notices.waiting(AT_ONCE, this.now())) await this.#send(notice);
  }

  close(): void {
    this.#transport.close();
  }

  async #send(notice: KeptNotice): Promise<void> {
    const { id, address, subject, text, at } = notice;
    try {
      await this.#transport.sendMail({
        ...{ from: this.server.from, to: { name: "", address }, subject, text, date: new Date(at) },
        // The same again after a crash between sending and forgetting: servers and readers can tell that it is one message.
        messageId: `<notice-${at}-${id}@${new URL(this.server.url).hostname}>`,
        headers: { "Auto-Submitted": "auto-generated" },
      });
      this.notices.sent(id);
    } catch (error) {
      this.notices.failed(id);
      const { code, responseCode } = error as { code?: string; responseCode?: number };
      log.warn({ notice: id, code, responseCode }, "a notice was not taken by the mail server");
    }
  }
}
