/** How the demonstration's municipalities get their register: founded with it, or later where they were told before. */
import { municipalService, signerOf } from "@/ledger/client/identities/services";
import { enqueue } from "@/ledger/client/outbox/enqueue";
import { once } from "@/ledger/client/outbox/record";
import { NotRecordedError } from "@/ledger/client/outbox/wait";
import { db } from "@/lib/db";
import type { ErrorCode } from "@/protocol/errors";
import type { Act } from "@/protocol/primitives";
import type { InputOf } from "@/protocol/transactions";
import type { SignerDesk } from "@/services/signer/desk-client";
import { act } from "./papers";
import { makeRegister, type Official, signFounding } from "./register";
import { chainDay } from "./steps";
import type { Story } from "./story";

type Terms = Pick<InputOf<"municipality:found">, "name" | "casaBody" | "settings">;

export async function tellFounding(story: Story, desk: SignerDesk, terms: Terms): Promise<void> {
  const { municipality } = story;
  const day = story.day(-430);
  await tellAgain(story, "found", async (command) => {
    const register = await registerOf(story, desk, story.officials(), day);
    const founding = { municipality, ...terms, day, trial: true, register };
    const input = { ...founding, signatures: await signFounding(desk, founding) };
    await enqueueFounding(story, "municipality:found", input, command);
  });
}

/** @param officials whoever holds an office when it is introduced */
export async function tellIntroduction(
  story: Story,
  desk: SignerDesk,
  officials: readonly Official[],
): Promise<void> {
  const { municipality } = story;
  const day = (await chainDay(story)) ?? story.today;
  await tellAgain(story, "introduce register", async (command) => {
    const register = await registerOf(story, desk, officials, day);
    const founding = { municipality, register };
    const input = { ...founding, signatures: await signFounding(desk, founding) };
    await enqueueFounding(story, "municipality:introduceRegister", input, command);
  });
}

/** As `story.tell`; where the chaincode did not know the recovery keys, it may know them at the next start. */
async function tellAgain(
  story: Story,
  step: string,
  work: (command: string) => Promise<void>,
): Promise<void> {
  await db.outboxItem.deleteMany({ where: { id: story.command(step), status: "failed" } });
  try {
    await story.tell(step, work);
  } catch (error) {
    if (!(error instanceof NotRecordedError) || error.code !== ("recovery_key_unknown" satisfies ErrorCode))
      throw error;
    throw new Error(
      'the chaincode does not know the trial\'s recovery keys: npm run fabric -- recovery-keys "$(npm run --silent recovery-keys)"',
    );
  }
}

async function registerOf(story: Story, desk: SignerDesk, officials: readonly Official[], from: string) {
  const { municipality, memory } = story;
  const appointment = await appointmentOf(story, from);
  const idOf = (step: string) => story.command(step);
  return makeRegister(desk, { municipality, officials, from, appointment, memory, idOf });
}

/** One act of the demonstration appoints everybody; its file is kept with the municipality. */
async function appointmentOf(story: Story, date: string): Promise<Act> {
  const given = { kind: "determina" as const, number: "DD 1", date, body: "Atto dimostrativo" };
  const about = { type: "municipality", id: story.municipality };
  const known = await story.memory.once(`${story.slug} appointment`, async () =>
    JSON.stringify((await act(story.official("administrator"), given, about)).act),
  );
  return JSON.parse(known) as Act;
}

async function enqueueFounding<T extends "municipality:found" | "municipality:introduceRegister">(
  { municipality }: Story,
  transaction: T,
  input: Omit<InputOf<T>, "command">,
  command: string,
): Promise<void> {
  await once(command, (tx) =>
    enqueue(tx, {
      ...{ id: command, transaction, input, signer: signerOf(municipalService(municipality)) },
      subject: { type: "municipality", id: municipality },
    }),
  );
}
