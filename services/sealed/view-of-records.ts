/** A round as its records on the ledger have it, read into what the parts work with. */
import type { RecordOf } from "@/protocol/records";
import { closingOf } from "@/protocol/records/rounds";
import { ballotLayout } from "@/voting/sealed/ballot-layout";
import type { FrozenView, RoundView } from "./round-view";

const fromHex = (text: string) => new Uint8Array(Buffer.from(text, "hex"));

export function viewOf(
  sealing: RecordOf<"sealing">,
  round: RecordOf<"round"> | null,
  keys: readonly RecordOf<"issuer_key">[],
): RoundView {
  const { relay, copyKeeper, opener } = sealing.services;
  return {
    municipality: sealing.municipality,
    id: sealing.id,
    areas: sealing.areas.map(({ number, districts }) => ({ number, announced: districts })),
    groupSize: sealing.groupSize,
    graceMinutes: sealing.graceMinutes,
    noticeHours: sealing.noticeHours,
    issuerKeys: keys.map(({ issuer, area, modulus }) => ({
      ...{ issuer, area },
      modulus: new Uint8Array(Buffer.from(modulus, "base64")),
    })),
    ties: sealing.ties.map(({ issuer, reveal }) => ({
      issuer,
      committed: true,
      revealed: reveal !== undefined,
    })),
    keys: {
      ...(relay !== undefined && { relay: fromHex(relay) }),
      ...(copyKeeper !== undefined && { "copy-keeper": fromHex(copyKeeper) }),
      ...(opener !== undefined && { opener: fromHex(opener) }),
    },
    frozen: round && frozenOf(sealing, round),
    receptionEnded: sealing.reception !== undefined,
    listed: sealing.list !== undefined,
    superseded: sealing.list?.superseded ?? 0,
    openedAreas: sealing.list?.areas.filter(({ opened }) => opened).map(({ number }) => number) ?? null,
    published: sealing.publication !== undefined,
  };
}

function frozenOf(sealing: RecordOf<"sealing">, round: RecordOf<"round">): FrozenView {
  const trustees = sealing.trustees.map(({ key }) => fromHex(key));
  const { type, most } = round.ballot;
  return {
    digest: fromHex(round.frozenDigest),
    layout: ballotLayout({ type, maxChoices: most }, round.projects.length),
    trustees: trustees as unknown as FrozenView["trustees"],
    closesAt: new Date(closingOf(round)),
    phase: phaseOf(round.state),
  };
}

/** To the parts a round that is counted or final is closed like any other. */
function phaseOf(state: RecordOf<"round">["state"]): FrozenView["phase"] {
  return state === "frozen" || state === "open" || state === "annulled" ? state : "closed";
}
