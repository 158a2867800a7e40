/** Sends one mail, by a mail server or into the mailbox of a trial. */
import { createTransport, type Transporter } from "nodemailer";
import { log } from "@/lib/log";
import { contentOf } from "./mail-content";
import type { MailMode } from "./mail-mode-rules";
import { type MailToSend, mailToSend, markRefused, noteAnswer, settleMail } from "./sending-service";
import { answerOf } from "./server-answer";

const ANSWER_MS = 20_000;

/** `bounces` is where reports go about what could not be delivered; without it to who writes. */
export type MailServer = { url: string; from: string; bounces?: string | undefined };

export class Mailer {
  readonly #transport: Transporter | undefined;
  readonly #host: string;

  /** @param server where the mode is `smtp` */
  constructor(
    private readonly mode: MailMode,
    private readonly server?: MailServer,
  ) {
    this.#host = server ? new URL(server.url).hostname : "localhost";
    if (mode === "smtp" && server)
      this.#transport = createTransport({
        ...{ url: server.url, pool: true, maxConnections: 4, maxMessages: 500 },
        ...{ disableFileAccess: true, disableUrlAccess: true },
        ...{ connectionTimeout: ANSWER_MS, greetingTimeout: ANSWER_MS, socketTimeout: ANSWER_MS },
      });
  }

  /** @returns whether it is settled: sent, or never to be sent; otherwise it is tried again */
  async send(id: string): Promise<boolean> {
    const mail = await mailToSend(id);
    const content = mail && contentOf(mail);
    if (!mail || !content) {
      await settleMail(id, "dropped");
      return true;
    }
    if (this.mode === "mailbox") return this.#keep(mail, content);
    if (!this.#transport || !this.server) return false;
    if (mail.address === "") {
      await settleMail(id, "dropped");
      return true;
    }
    try {
      const taken = await this.#transport.sendMail({
        from: this.server.from,
        // As an object it is one address, whatever is in it.
        to: { name: "", address: mail.address },
        ...(this.server.bounces !== undefined && {
          envelope: { from: this.server.bounces, to: mail.address },
        }),
        ...content,
        date: mail.createdAt,
        // The same again after a crash between sending and noting it: servers and readers tell that it is one message.
        messageId: messageId(mail, this.#host),
      });
      if (mail.kind === "test") await noteAnswer(id, answerOf(taken, this.server.url));
    } catch (error) {
      return this.#failed(mail, error);
    }
    await settleMail(id, "sent");
    return true;
  }

  close(): void {
    this.#transport?.close();
  }

  async #keep(mail: MailToSend, content: NonNullable<ReturnType<typeof contentOf>>): Promise<boolean> {
    const to = mail.address || null;
    await settleMail(mail.id, "sent", { to, messageId: messageId(mail, this.#host), ...content });
    return true;
  }

  /** What a server refuses for good is not tried again; everything else is. */
  async #failed(mail: MailToSend, error: unknown): Promise<boolean> {
    const {
      code,
      responseCode = 0,
      command,
    } = error as {
      code?: string;
      responseCode?: number;
      command?: string;
    };
    log.warn({ mail: mail.id, code, responseCode, command }, "a mail was not taken by the mail server");
    if (mail.kind === "test" && this.server) await noteAnswer(mail.id, answerOf(error, this.server.url));
    const isForGood = responseCode >= 500 && (code === "EENVELOPE" || code === "EMESSAGE");
    // Of a test, whoever asked for it wants to know: it is tried again only where the server asks to wait.
    const isOver = isForGood || (mail.kind === "test" && (responseCode < 400 || responseCode >= 500));
    if (!isOver) return false;
    // Of the sender alone the person is not to blame.
    if (isForGood && code === "EENVELOPE" && command?.startsWith("RCPT"))
      await markRefused(mail.person.id, responseCode);
    await settleMail(mail.id, "refused");
    return true;
  }
}

function messageId({ id }: MailToSend, host: string): string {
  return `<${id}@${host}>`;
}
