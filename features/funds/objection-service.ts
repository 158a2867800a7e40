/** What people have against the verification of a milestone, and what the guarantors say to it. */
import { keepText } from "@/features/documents/text-service";
import { once, record } from "@/ledger/client/outbox/record";
import { ConflictError, NotFoundError } from "@/lib/errors";
import type { Actor } from "@/protocol/primitives";
import type { RecordOf } from "@/protocol/records";
import { openObjectionsTo } from "@/protocol/records/money";
import { milestoneFor } from "./milestone-service";
import { objectionBar } from "./objection-rules";

/** The words are for the guarantors; on the ledger is their salted digest. */
export async function objectToMilestone(
  actor: Actor,
  milestone: string,
  text: string,
  command: string,
): Promise<void> {
  const { municipality, person } = actor;
  await once(command, async (tx) => {
    const row = await milestoneFor(tx, municipality, milestone, "milestones:object");
    const bar = objectionBar(row.record as unknown as RecordOf<"milestone">, person);
    if (bar) throw new ConflictError(bar.code, bar.params);
    const digest = await keepText(tx, { municipality, author: person, text, public: false });
    const input = { municipality, id: command, milestone, digest };
    await record(tx, actor, "milestones:object", input, { type: "milestone", id: milestone }, command);
  });
}

/** The reason can be read by anyone. */
export async function decideMilestoneObjection(
  actor: Actor,
  milestone: string,
  decision: { objection: string; upheld: boolean; reason: string },
  command: string,
): Promise<void> {
  const { municipality, person } = actor;
  await once(command, async (tx) => {
    const row = await milestoneFor(tx, municipality, milestone, "milestones:decideObjection");
    const { objection, upheld, reason: text } = decision;
    const held = row.record as unknown as RecordOf<"milestone">;
    const open = openObjectionsTo(held);
    if (!open.some(({ id }) => id === objection)) {
      const { objections = [] } = held;
      if (objections.some(({ id }) => id === objection))
        throw new ConflictError("milestone_moved_on", { state: row.state });
      throw new NotFoundError("objection_not_found");
    }
    if (open.some((one) => one.person === person)) throw new ConflictError("same_person");
    const digest = await keepText(tx, { municipality, author: person, text, public: true });
    const input = { municipality, id: milestone, objection, upheld, digest };
    const about = { type: "milestone", id: milestone };
    await record(tx, actor, "milestones:decideObjection", input, about, command);
  });
}
