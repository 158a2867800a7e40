import "server-only";
import { db } from "@/lib/db";
import type { RecordOf } from "@/protocol/records";
import type { Waiting, WaitingKind } from "./rules";
import { daysOf, officeFor, type Scene } from "./scene-queries";

/** Proposals that wait for a step this person can take: from publication to the pact's first line. */
export async function proposalsWaiting(scene: Scene): Promise<Waiting[]> {
  const { municipality, viewer, day } = scene;
  const may = {
    publishProposal: officeFor(scene, "proposals:publish"),
    startAssessment: officeFor(scene, "proposals:startAssessment"),
    score: officeFor(scene, "proposals:score"),
    decideProposal: officeFor(scene, "proposals:admit"),
    coDesign: officeFor(scene, "proposals:startCoDesign"),
    pactReady: officeFor(scene, "pacts:draft"),
  };
  const states = [
    ...(may.publishProposal ? ["submitted"] : []),
    ...(may.startAssessment ? ["published"] : []),
    ...(may.score || may.decideProposal ? ["under_assessment"] : []),
    ...(may.coDesign ? ["funded"] : []),
    ...(may.pactReady ? ["pact_ready"] : []),
  ];
  if (states.length === 0) return [];
  const rows = await db.chainProposal.findMany({ where: { municipality, state: { in: states } } });
  const ids = rows.map(({ id }) => id);
  const [words, calls, assessments, reconstructed, sinceOf] = await Promise.all([
    db.proposal.findMany({ where: { municipality, id: { in: ids } }, select: { id: true, title: true } }),
    db.chainCall.findMany({ where: { municipality, id: { in: rows.map(({ call }) => call) } } }),
    db.chainAssessment.findMany({ where: { municipality, proposal: { in: ids } } }),
    db.chainRound.findMany({ where: { municipality, reconstruction: true }, select: { id: true } }),
    daysOf(municipality, rows),
  ]);
  return rows.flatMap((row) => {
    const call = calls.find(({ id }) => id === row.call);
    const given = assessments.filter(
      ({ proposal, version, conflict }) => proposal === row.id && (conflict || version === row.version),
    );
    const { credits } = row.record as unknown as RecordOf<"proposal">;
    const isOwn = row.representative === viewer.id || credits.includes(viewer.id);
    const hasSpoken = given.some(({ assessor }) => assessor === viewer.id);
    const isAssessable =
      call !== undefined && ((call.record as unknown as RecordOf<"call">).rolling || call.closesOn < day);
    const scores = given.filter(({ conflict }) => !conflict).length;
    const kinds: WaitingKind[] = [];
    if (row.state === "submitted") kinds.push("publishProposal");
    if (row.state === "published" && isAssessable) kinds.push("startAssessment");
    if (row.state === "under_assessment" && may.score && !isOwn && !hasSpoken) kinds.push("score");
    if (row.state === "under_assessment" && may.decideProposal && call && scores >= call.requiredScores)
      kinds.push("decideProposal");
    // What a vote of the past chose was carried out long ago: it is on the ledger to be looked at.
    const isPast = reconstructed.some(({ id }) => id === row.round);
    if (row.state === "funded" && !isPast) kinds.push("coDesign");
    if (row.state === "pact_ready" && row.pact === null) kinds.push("pactReady");
    const title = words.find(({ id }) => id === row.id)?.title ?? "";
    return kinds.map((kind) => ({
      ...{ kind, id: row.id, title, since: sinceOf(row) },
      place: {
        page: kind === "coDesign" || kind === "pactReady" ? ("coDesign" as const) : ("proposal" as const),
        id: row.id,
      },
    }));
  });
}
