import { randomUUID } from "node:crypto";
import type { Prisma } from "../../../generated/prisma/client";
import { noteActToSign } from "../../../lib/acts-to-sign";
import { InvalidInputError } from "../../../lib/errors";
import { currentIntention } from "../../../lib/intention";
import { currentRequest, log } from "../../../lib/log";
import { isProgramRole } from "../../../protocol/acts/roles";
import { MOST_DAYS_AHEAD } from "../../../protocol/acts/signed-act";
import { submissionFor } from "../../../protocol/acts/submission";
import { canonicalJson } from "../../../protocol/canonical-json";
import { type Organisation, type Role, roleOrganisations } from "../../../protocol/primitives";
import { type InputOf, type TransactionName, transactions } from "../../../protocol/transactions";
import { metrics } from "../metrics";
import { queueAnew } from "./before-register";
import { CommandReusedError, InvalidCommandError, OutboxFullError, PersonOutboxFullError } from "./errors";
import { holdsPersonalText } from "./typed-text";

/** What a use case wants recorded on the ledger. */
export type Command<T extends TransactionName = TransactionName> = {
  transaction: T;
  /** The chaincode's argument; its `municipality` is the item's. */
  input: Omit<InputOf<T>, "command">;
  /** UUID of the intention. A form that may be posted twice brings its own; otherwise one is made. */
  id?: string;
  /** Whose transaction it is. In office, and as a party in what binds them, they sign it themselves. */
  signer: Signer;
  /** The record that pages show the item beside while it is on its way. */
  subject: { type: string; id: string };
  /**
   * A path such as `proposal/P` or `round/R/key/K`. Items of one path, and of paths one below the other, reach the
   * ledger in the order in which they were enqueued: `round/R` waits for all before it below `round/R/…`.
   */
  orderKey?: string;
  /** A command queued before: where it has still to be signed, this one waits until it is recorded, and fails with it. */
  follows?: string;
};

export type Signer = { person: string; organisation: Organisation; role: Role };

/** What would lead from a request, and so from whoever made it, to a ballot: neither it nor its form is kept. */
export const untraceable: ReadonlySet<TransactionName> = new Set(["rounds:admit", "rounds:cast"]);

/** Items that may be on their way at once: beyond it a person is asked to try again, and nothing is written. */
export const outboxLimit = 5000;

/** Items of one person that may be on their way or to be signed at once, so that nobody takes the place of all others. */
export const personLimit = 200;

/** They make the register of people in office, for which what was queued before there was one waits. */
const founding: ReadonlySet<TransactionName> = new Set([
  "municipality:found",
  "municipality:introduceRegister",
]);

/**
 * Queues a transaction within the caller's database transaction, so that it is sent if and only if the rest of
 * the use case is kept. Asking again with the same `id` and content is harmless.
 * @returns the item's id, which is also the `command` on the ledger.
 * @throws InvalidCommandError when the chaincode would refuse the argument or the role as such.
 * @throws InvalidInputError where somebody typed a person's tax code or an account into what everybody reads for ever.
 * @throws CommandReusedError when the id was used for something else.
 * @throws OutboxFullError when `outboxLimit` items are on their way, PersonOutboxFullError when `personLimit` of one
 * person's are.
 */
export async function enqueue<T extends TransactionName>(
  tx: Prisma.TransactionClient,
  command: Command<T>,
): Promise<string> {
  const id = command.id ?? randomUUID();
  const { input, municipality } = checkedInput(command, id);
  checkSigner(command);
  const row: Row = {
    id,
    municipality,
    transaction: command.transaction,
    input,
    ...command.signer,
    subject: command.subject,
    orderKey: command.orderKey ?? null,
    follows: command.follows ?? null,
    requestId: untraceable.has(command.transaction) ? null : (currentRequest() ?? null),
    intention: untraceable.has(command.transaction) ? null : intentionDigest(id),
  };
  const inserted = await insert(tx, row);
  if (inserted !== undefined && founding.has(command.transaction)) await queueAnew(tx, municipality, id);
  const status = inserted ?? (await explain(tx, row));
  if (status === "to_sign") noteActToSign({ id, person: row.person });
  if (!untraceable.has(command.transaction))
    log.info({ command: id, transaction: command.transaction, municipality }, "queued for the ledger");
  return id;
}

/** The digest of the form that asks for a command, where it is a form that does. */
export function intentionDigest(command: string): string | null {
  const intention = currentIntention();
  return intention?.id === command ? intention.digest : null;
}

type Row = Signer & {
  id: string;
  municipality: string;
  transaction: TransactionName;
  input: object;
  subject: { type: string; id: string };
  orderKey: string | null;
  follows: string | null;
  requestId: string | null;
  intention: string | null;
};

/**
 * One statement, since every round trip holds the use case's transaction open. Items on their way are counted only where
 * their numbers lie so far apart that there may be too many.
 * @returns its status, `undefined` where it is not new
 */
async function insert(tx: Prisma.TransactionClient, row: Row): Promise<string | undefined> {
  const [inserted] = await tx.$queryRaw<{ status: string }[]>`
    WITH way AS (SELECT ${submissionFor(row.transaction, row.role)}::text AS by,
      EXISTS (SELECT 1 FROM "OutboxItem" WHERE id = ${row.follows}::uuid
        AND status IN ('to_sign', 'following')) AS following)
    INSERT INTO "OutboxItem" (id, municipality, transaction, input, person, organisation, role, by,
      "subjectType", "subjectId", "orderKey", follows, "requestId", intention, status, "expiresOn")
    SELECT ${row.id}::uuid, ${row.municipality}, ${row.transaction}, ${JSON.stringify(row.input)}::jsonb, ${row.person},
      ${row.organisation}, ${row.role}, way.by, ${row.subject.type}, ${row.subject.id}, ${row.orderKey},
      ${row.follows}::uuid, ${row.requestId}::uuid, ${row.intention},
      CASE WHEN way.by = 'act' THEN 'to_sign' WHEN way.following THEN 'following' ELSE 'queued' END,
      CASE WHEN way.by = 'act' THEN (SELECT to_char(day::date + ${MOST_DAYS_AHEAD}::int, 'YYYY-MM-DD') FROM chain.day
        WHERE municipality = ${row.municipality}) END
    FROM way WHERE CASE
      WHEN (SELECT max(sequence) FROM "OutboxItem") - least(
        (SELECT min(sequence) FROM "OutboxItem" WHERE status = 'queued'),
        (SELECT min(sequence) FROM "OutboxItem" WHERE status = 'sending')) < ${outboxLimit - 1} THEN true
      ELSE (SELECT count(*) FROM (SELECT 1 FROM "OutboxItem" WHERE status IN ('queued', 'sending')
        LIMIT ${outboxLimit}) AS open) < ${outboxLimit} END
      AND (${isProgramRole(row.role)} OR (SELECT count(*) FROM (SELECT 1 FROM "OutboxItem"
        WHERE person = ${row.person} AND status IN ('to_sign', 'queued', 'sending') LIMIT ${personLimit}) AS own)
        < ${personLimit})
    ON CONFLICT (id) DO NOTHING RETURNING status`;
  return inserted?.status;
}

/**
 * Why nothing was inserted: the same intention was queued before, another one was, or the outbox is full.
 * @returns the status of the one before
 */
async function explain(tx: Prisma.TransactionClient, row: Row): Promise<string> {
  const found = await tx.outboxItem.findUnique({ where: { id: row.id } });
  if (!found) {
    metrics().outboxFull.inc();
    const own = await tx.outboxItem.count({
      where: { person: row.person, status: { in: ["to_sign", "queued", "sending"] } },
    });
    if (own >= personLimit && !isProgramRole(row.role)) throw new PersonOutboxFullError(personLimit);
    throw new OutboxFullError(outboxLimit);
  }
  const same =
    found.transaction === row.transaction &&
    found.person === row.person &&
    found.organisation === row.organisation &&
    found.role === row.role &&
    found.intention === row.intention &&
    canonicalJson(found.input) === canonicalJson(row.input);
  if (!same) throw new CommandReusedError(row.id);
  return found.status;
}

function checkedInput(command: Command, id: string): { input: object; municipality: string } {
  const schema = transactions[command.transaction].input;
  const parsed = schema.safeParse({ ...command.input, command: id });
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new InvalidCommandError(
      command.transaction,
      `${issue?.path.join(".") || "input"}: ${issue?.message ?? "invalid"}`,
    );
  }
  const { command: _, ...input } = parsed.data;
  if (holdsPersonalText(input)) throw new InvalidInputError({}, "personal_code_on_ledger");
  return { input, municipality: input.municipality };
}

function checkSigner({ transaction, signer }: Command): void {
  const roles: readonly Role[] = transactions[transaction].roles;
  if (!roles.includes(signer.role))
    throw new InvalidCommandError(transaction, `the role ${signer.role} may not submit it`);
  if (!roleOrganisations[signer.role].includes(signer.organisation))
    throw new InvalidCommandError(
      transaction,
      `${signer.organisation} does not give the role ${signer.role}`,
    );
}
