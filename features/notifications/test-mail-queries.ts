import "server-only";
import { db } from "@/lib/db";
import type { Viewer } from "@/lib/permissions";
import { ownAddress } from "./mail-service";
import type { AnswerCode } from "./server-answer";

export type TestMail = {
  id: string;
  /** `queued` until the mail server has said yes or no. */
  state: "queued" | "sent" | "dropped" | "refused";
  askedAt: Date;
  settledAt?: Date;
  /** What the server said, and of what kind it is; none before it was asked, and none in a trial's mailbox. */
  answer?: { code: AnswerCode; text: string };
};

/** The last test that a person asked for in a municipality, and whether they have an address to send one to. */
export async function lastTestMail(
  municipality: string,
  viewer: Viewer,
): Promise<{ last?: TestMail; address: "confirmed" | "unconfirmed" | "refused" | "none" }> {
  const [row, address] = await Promise.all([
    db.mail.findFirst({
      where: { municipality, person: viewer.id, kind: "test" },
      orderBy: { createdAt: "desc" },
    }),
    ownAddress(viewer),
  ]);
  return {
    address: !address
      ? "none"
      : address.isRefused
        ? "refused"
        : address.isConfirmed
          ? "confirmed"
          : "unconfirmed",
    ...(row && {
      last: {
        ...{ id: row.id, state: row.state as TestMail["state"], askedAt: row.createdAt },
        ...(row.settledAt && { settledAt: row.settledAt }),
        ...(row.answerCode !== null && {
          answer: { code: row.answerCode as AnswerCode, text: row.answer ?? "" },
        }),
      },
    }),
  };
}
