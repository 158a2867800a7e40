/** Comments of when they were about proposals alone, brought to this version. */
import { beforeAll, expect, it } from "vitest";
import { databaseBefore } from "./database";

const torino = "001272";
const { database, migrateOn } = await databaseBefore("_comments");

beforeAll(async () => {
  await database.query(
    `INSERT INTO "Proposal" (municipality, id, call, slug, author, "updatedAt")
     VALUES ($1, 'proposal', 'call', 'proposal', 'somebody', now())`,
    [torino],
  );
  const comments: [string, string | null, string | null][] = [
    ["first", null, null],
    ["answer", "first", null],
    ["answer-to-answer", "answer", null],
    ["hidden", null, "Offende qualcuno."],
    ["alone", null, null],
  ];
  for (const [id, replyTo, hiddenReason] of comments)
    await database.query(
      `INSERT INTO "Comment" (id, municipality, proposal, author, text, "replyTo", "hiddenReason")
       VALUES ($1, $2, 'proposal', 'somebody', $1, $3, $4)`,
      [id, torino, replyTo, hiddenReason],
    );
  await migrateOn();
});

it("each is about its proposal still, and answers stand under the first comment of their thread", async () => {
  const { rows } = await database.query(
    `SELECT id, "aboutType", "aboutId", kind, root, "replyTo", replies FROM "Comment" ORDER BY id`,
  );
  const about = { aboutType: "proposal", aboutId: "proposal" };
  const opening = { ...about, kind: "remark", root: null, replyTo: null, replies: 0 };
  const answer = { ...about, kind: "answer", root: "first", replies: 0 };
  expect(rows).toEqual([
    { ...opening, id: "alone" },
    { ...answer, id: "answer", replyTo: "first" },
    { ...answer, id: "answer-to-answer", replyTo: "answer" },
    { ...opening, id: "first", replies: 2 },
    { ...opening, id: "hidden" },
  ]);
});

it("what was hidden is hidden still, with its reason", async () => {
  const { rows } = await database.query(
    `SELECT c.id, d.hides, d.ground, d.reasons, k.state FROM "Comment" c
     JOIN "CommentDecision" d ON d.id = c."hiddenBy" JOIN "CommentCase" k ON k.id = d."inCase"`,
  );
  expect(rows).toEqual([
    { id: "hidden", hides: true, ground: "other", reasons: "Offende qualcuno.", state: "hidden" },
  ]);
});
