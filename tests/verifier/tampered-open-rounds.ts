/** A round with open ballots, changed in every way that the protocol excludes. */
import { digest, VoterKey } from "@/chaincode/testing/keys";
import { frozenText, outcomeText } from "@/protocol/digests";
import { keyOf } from "./recorded-city";
import { id } from "./sealed-round";
import { turned } from "./story";
import type { Tampering } from "./tampered-ballots";

export const openTamperings: readonly Tampering[] = [
  [
    "an open ballot's choices are changed",
    ["ballots", "outcome"],
    (s) =>
      s.edit(s.the("rounds:cast"), "ballot", (one) => {
        one.choices = [2];
      }),
  ],
  [
    "an open ballot's signature is changed",
    ["ballots"],
    (s) =>
      s.edit(s.the("rounds:cast"), "ballot", (one) => {
        one.signature = turned(one.signature);
      }),
  ],
  [
    "an open ballot is of a key that nobody admitted",
    ["admissions", "outcome"],
    (s) => {
      const { key, seq, choices, signature } = new VoterKey("stranger").ballot(id, 1, [1]);
      const cast = s.the("rounds:cast");
      const [, text] = cast.writes.find(([name]) => name.includes("\0ballot\0")) ?? [];
      cast.writes.push([
        keyOf("ballot", id, key, "000001"),
        JSON.stringify({ ...JSON.parse(text ?? "{}"), key, seq, choices, signature }),
      ]);
    },
  ],
  [
    "an open ballot is dropped",
    ["outcome"],
    (s) => {
      const { writes } = s.the("rounds:cast");
      writes.splice(
        writes.findIndex(([key]) => key.includes("\0ballot\0")),
        1,
      );
    },
  ],
  [
    "an open ballot is recorded twice",
    ["order"],
    (s) => {
      const again = s.repeat(s.the("rounds:cast"));
      again.reads = [];
    },
  ],
  [
    "open ballots are cast after the closing",
    ["writers"],
    (s) => s.move(s.the("rounds:close"), s.the("rounds:cast")),
  ],
  [
    "a key is admitted that the second registrar has not signed for",
    ["admissions"],
    (s) => {
      const admit = s.the("rounds:admit");
      const carried = JSON.parse(admit.argument);
      carried.input.cosignature = Buffer.alloc(70, 1).toString("base64");
      admit.argument = JSON.stringify(carried);
    },
  ],
  [
    "a key is admitted in the place of a signed one",
    ["admissions"],
    (s) =>
      s.edit(s.the("rounds:admit"), "admission", (one) => {
        if (one.slot === 1) one.key = new VoterKey("stranger").publicKey;
      }),
  ],
  [
    "both registrars are of one organisation",
    ["admissions"],
    (s) =>
      s.edit(s.the("municipality:registerSigningKey"), "signing_key", (one) => {
        one.organisation = "Comune";
      }),
  ],
  [
    "two keys are admitted for one place of the roll",
    ["admissions"],
    (s) => {
      const again = s.repeat(s.the("rounds:admit"));
      again.reads = [];
    },
  ],
  [
    "a place is admitted that the roll has not",
    ["admissions"],
    (s) =>
      s.edit(s.the("rounds:admit"), "admission", (one) => {
        one.slot += 100;
      }),
  ],
  [
    "the draw's seed is another",
    ["ties"],
    (s) =>
      s.editFrom(s.the("rounds:open"), "round", (one) => {
        if (one.draw?.seed) one.draw.seed = turned(one.draw.seed);
      }),
  ],
  [
    "the draw's contribution changes after the opening",
    ["ties"],
    (s) =>
      s.editFrom(s.the("rounds:open"), "round", (one) => {
        if (one.draw?.contribution) one.draw.contribution = turned(one.draw.contribution);
      }),
  ],
  [
    "an open round's votes are other than counted",
    ["outcome"],
    (s) =>
      s.editFrom(s.the("rounds:count"), "round", (one) => {
        if (!one.outcome) return;
        one.outcome.votes = one.outcome.votes.map((line) => ({ ...line, votes: 1 }));
        one.outcome.digest = digest(outcomeText(one.outcome));
        for (const attestation of one.attestations) attestation.digest = one.outcome.digest;
      }),
  ],
  [
    "an open round's roll changes, and F with it",
    ["freeze", "ties"],
    (s) =>
      s
        .editFrom(s.the("rounds:open"), "round", (one) => {
          one.rollSize += 1;
          one.frozenDigest = digest(frozenText(one));
        })
        .until(s.the("rounds:open")),
  ],
];
