/** What was frozen, who did what in which phase, and what came out, changed in every way that the protocol excludes. */
import { Authenticator } from "@/chaincode/testing/authenticator";
import { digest } from "@/chaincode/testing/keys";
import { hex } from "@/chaincode/testing/sealed-election";
import { fromBase64url, toBase64url } from "@/protocol/acts/base64url";
import { readSignedAct, signedActText } from "@/protocol/acts/signed-act";
import { frozenText, issuerKeysText, outcomeText, sealingText } from "@/protocol/digests";
import type { RecordOf } from "@/protocol/records";
import { tieCommitment } from "@/voting/sealed/tie-order";
import type { Transaction } from "./chain-maker";
import { keyOf } from "./recorded-city";
import { id } from "./sealed-round";
import { type Story, turned } from "./story";
import type { Tampering } from "./tampered-ballots";

type Sealing = RecordOf<"sealing">;
type Round = RecordOf<"round">;

/** X25519 of small order, and an Ed25519 point of order eight. */
const smallX25519 = "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800";
const smallEd25519 = "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a";

/** The story up to its freeze, whose digests fit whatever was gathered. */
function refrozen(
  story: Story,
  change: (sealing: Sealing) => unknown,
  changeRound: (round: Round) => unknown = () => {},
): Story {
  const freeze = story.the("rounds:freeze");
  story.until(freeze);
  const keys = story
    .all("sealed:offerKeys")
    .flatMap(({ writes }) =>
      writes
        .filter(([key]) => key.includes("\0issuer_key\0"))
        .map(([, value]) => JSON.parse(value) as RecordOf<"issuer_key">),
    );
  let text = "";
  story.edit(freeze, "sealing", (sealing) => {
    change(sealing);
    sealing.keysDigest = digest(issuerKeysText(keys));
    text = sealingText(sealing);
  });
  return story.edit(freeze, "round", (round) => {
    round.sealing = digest(text);
    changeRound(round);
    round.frozenDigest = digest(frozenText(round));
  });
}

function editKey(story: Story, nth: number, change: (key: RecordOf<"issuer_key">) => unknown): Story {
  return story.edit(story.the("sealed:offerKeys", nth), "issuer_key", (key) => key.area === 2 && change(key));
}

/** Changes the outcome, with a digest that fits it, and whoever attested it attests that. */
function editOutcome(story: Story, change: (outcome: NonNullable<Round["outcome"]>) => unknown): Story {
  return story.editFrom(story.the("rounds:count"), "round", (round) => {
    const { outcome } = round;
    if (!outcome) return;
    change(outcome);
    outcome.digest = digest(outcomeText(outcome));
    for (const attestation of round.attestations) attestation.digest = outcome.digest;
  });
}

function editAct(
  transaction: Transaction,
  change: (carried: { act: string; assertion: { signature: string; credential: string } }) => unknown,
): void {
  const carried = JSON.parse(transaction.argument);
  change(carried);
  transaction.argument = JSON.stringify(carried);
}

export const roundTamperings: readonly Tampering[] = [
  [
    "F is another digest",
    ["freeze"],
    (s) =>
      s.until(s.the("rounds:freeze")).edit(s.the("rounds:freeze"), "round", (r) => {
        r.frozenDigest = turned(r.frozenDigest);
      }),
  ],
  [
    "the budget changes after the freeze",
    ["freeze"],
    (s) =>
      s.until(s.the("rounds:open")).edit(s.the("rounds:open"), "round", (r) => {
        r.budgetCents += 1;
      }),
  ],
  [
    "a project's cost changes after the freeze, and F with it",
    ["freeze"],
    (s) =>
      s.until(s.the("rounds:open")).edit(s.the("rounds:open"), "round", (r) => {
        const [project] = r.projects;
        if (project) project.costCents = 1;
        r.frozenDigest = digest(frozenText(r));
      }),
  ],
  [
    "the closing is put off",
    ["freeze"],
    (s) =>
      s.until(s.the("rounds:open")).edit(s.the("rounds:open"), "round", (r) => {
        r.closesAt = "2026-02-20T20:00:00Z";
      }),
  ],
  [
    "the rule changes at the count",
    ["freeze", "outcome"],
    (s) =>
      s
        .editFrom(s.the("rounds:count"), "round", (r) => {
          r.rule = r.rule.replace("greedy", "phragmen");
        })
        .until(s.the("rounds:count")),
  ],
  [
    "the group becomes smaller after the freeze",
    ["freeze"],
    (s) =>
      s
        .edit(s.the("sealed:endReception"), "sealing", (one) => {
          one.groupSize = 2;
        })
        .until(s.the("sealed:endReception")),
  ],
  [
    "a trustee's key changes after the freeze",
    ["freeze"],
    (s) =>
      s.until(s.the("sealed:endReception")).edit(s.the("sealed:endReception"), "sealing", (one) => {
        const [trustee] = one.trustees;
        if (trustee) trustee.key = turned(trustee.key);
      }),
  ],
  [
    "another sealing is frozen than the round names",
    ["freeze"],
    (s) =>
      s.until(s.the("rounds:freeze")).edit(s.the("rounds:freeze"), "sealing", (one) => {
        one.noticeHours = 24;
      }),
  ],
  [
    "the keys' digest is of other keys",
    ["freeze"],
    (s) => {
      refrozen(s, () => {});
      editKey(s, 1, (key) => {
        key.modulus = `${key.modulus.slice(0, 100)}AAAA${key.modulus.slice(104)}`;
      });
    },
  ],
  [
    "small areas are not joined",
    ["areas", "keys"],
    (s) =>
      refrozen(s, (one) => {
        const [third] = one.areas.splice(2);
        one.areas.push(
          ...(third?.districts ?? []).map((district, index) => ({
            number: 3 + index,
            size: district.size,
            districts: [district],
          })),
        );
      }),
  ],
  [
    "areas are joined that are large enough",
    ["areas", "keys"],
    (s) =>
      refrozen(s, (one) => {
        const [first, second, third] = one.areas;
        if (first && second && third)
          one.areas = [
            { number: 1, size: 50, districts: [...first.districts, ...second.districts] },
            { ...third, number: 2 },
          ];
      }),
  ],
  [
    "a district's roll becomes longer",
    ["areas"],
    (s) =>
      refrozen(s, (one) => {
        const [first] = one.areas;
        if (first?.districts[0]) first.districts[0].size += 5;
      }),
  ],
  [
    "a district's roll is another",
    ["areas"],
    (s) =>
      refrozen(s, (one) => {
        const [first] = one.areas;
        if (first?.districts[0]) first.districts[0].root = turned(first.districts[0].root);
      }),
  ],
  [
    "the round's roll is longer than the areas'",
    ["areas"],
    (s) =>
      refrozen(
        s,
        () => {},
        (r) => {
          r.rollSize += 100;
        },
      ),
  ],
  [
    "a trustee's key is of small order",
    ["keys"],
    (s) =>
      refrozen(s, (one) => {
        const [trustee] = one.trustees;
        if (trustee) trustee.key = smallX25519;
      }),
  ],
  [
    "the opener's key is of small order",
    ["keys"],
    (s) =>
      refrozen(s, (one) => {
        one.services.opener = smallX25519;
      }),
  ],
  [
    "the relay's key is of small order",
    ["keys"],
    (s) =>
      refrozen(s, (one) => {
        one.services.relay = smallEd25519;
      }),
  ],
  [
    "two trustees have one key",
    ["keys"],
    (s) =>
      refrozen(s, (one) => {
        const [first, second] = one.trustees;
        if (first && second) second.key = first.key;
      }),
  ],
  [
    "relay and copy-keeper have one key",
    ["keys"],
    (s) =>
      refrozen(s, (one) => {
        one.services.copyKeeper = one.services.relay;
      }),
  ],
  [
    "there are two trustees",
    ["keys"],
    (s) =>
      refrozen(s, (one) => {
        one.trustees.pop();
      }),
  ],
  [
    "an issuer's key for an area is missing",
    ["keys"],
    (s) => {
      const offered = s.the("sealed:offerKeys", 1);
      offered.writes = offered.writes.filter(
        ([key]) => !key.includes("\0issuer_key\0") || !key.includes("\u000000002\0"),
      );
      refrozen(s, () => {});
    },
  ],
  [
    "the key for posting is missing",
    ["keys"],
    (s) => {
      const offered = s.the("sealed:offerKeys");
      offered.writes = offered.writes.filter(([key]) => !key.includes("\u000000000\0"));
      refrozen(s, () => {});
    },
  ],
  [
    "an issuer has one key for two areas",
    ["keys"],
    (s) => {
      const [other] = keysOf(s, 1).filter(({ area }) => area === 1);
      editKey(s, 1, (key) => {
        key.modulus = other?.modulus ?? "";
      });
      refrozen(s, () => {});
    },
  ],
  [
    "an issuer's modulus is even",
    ["keys"],
    (s) => {
      editKey(s, 1, (key) => {
        key.modulus = Buffer.alloc(384, 0xfe).toString("base64");
      });
      refrozen(s, () => {});
    },
  ],
  [
    "an issuer's key is offered in another's name",
    ["keys", "ties"],
    (s) => {
      editKey(
        refrozen(s, () => {}),
        1,
        (key) => key,
      );
      s.the("sealed:offerKeys", 1).submitter = s.the("sealed:offerKeys", 2).submitter;
    },
  ],
  [
    "a key is offered again",
    ["keys"],
    (s) => {
      refrozen(s, () => {});
      const again = s.repeat(s.the("sealed:offerKeys", 2));
      again.reads = again.reads.filter((key) => !key.includes("\0issuer_key\0"));
      again.writes = again.writes.filter(([key]) => !key.includes("\0sealing\0"));
    },
  ],
  [
    "an issuer reveals another number than it committed to",
    ["ties"],
    (s) =>
      refrozen(s, (one) => {
        const [tie] = one.ties;
        if (tie?.reveal) tie.reveal = turned(tie.reveal);
      }),
  ],
  [
    "an issuer reveals no number",
    ["ties"],
    (s) =>
      refrozen(s, (one) => {
        const [tie] = one.ties;
        delete tie?.reveal;
      }),
  ],
  [
    "an issuer's number is left out",
    ["ties"],
    (s) =>
      refrozen(s, (one) => {
        one.ties.pop();
      }),
  ],
  [
    "a program counts in an officer's place",
    ["acts"],
    (s) => {
      const count = s.the("rounds:count");
      const { act } = JSON.parse(count.argument);
      count.argument = JSON.stringify({ by: "service", input: JSON.parse(act).input });
      count.submitter = { ...count.submitter, role: "responsible_officer" as never };
    },
  ],
  [
    "a program counts",
    ["writers"],
    (s) => {
      const count = s.the("rounds:count");
      const { act } = JSON.parse(count.argument);
      count.argument = JSON.stringify({ by: "service", input: JSON.parse(act).input });
    },
  ],
  [
    "an act is signed with another key",
    ["acts", "writers"],
    (s) =>
      editAct(s.the("rounds:count"), (carried) => {
        const stranger = new Authenticator();
        const { authenticatorData, clientDataJSON } = (
          JSON.parse(s.the("rounds:count").argument) as { assertion: Record<string, string> }
        ).assertion;
        carried.assertion.signature = toBase64url(
          stranger.sign(
            Buffer.concat([
              fromBase64url(authenticatorData ?? ""),
              Buffer.from(digest(Buffer.from(fromBase64url(clientDataJSON ?? "")).toString("utf8")), "hex"),
            ]),
          ),
        );
      }),
  ],
  [
    "an act is changed after it was signed",
    ["acts", "writers"],
    (s) =>
      editAct(s.the("rounds:count"), (carried) => {
        const act = readSignedAct(carried.act);
        carried.act = signedActText({ ...act, expiresOn: "2026-12-31" });
      }),
  ],
  [
    "an act is for another step",
    ["acts", "writers"],
    (s) => {
      s.the("rounds:count").argument = s.the("rounds:attest").argument;
    },
  ],
  [
    "an act is signed by nobody who is known",
    ["acts", "writers"],
    (s) =>
      editAct(s.the("rounds:count"), (carried) => {
        carried.assertion.credential = new Authenticator().credential;
      }),
  ],
  [
    "ballots are cast after the closing",
    ["writers"],
    (s) =>
      s
        .until(s.the("rounds:close"))
        .move(s.the("sealed:cast", -1), s.the("rounds:close"))
        .move(s.the("rounds:close"), s.the("sealed:cast", -1)),
  ],
  [
    "ballots are cast before the opening",
    ["writers"],
    (s) =>
      s
        .until(s.the("sealed:cast"))
        .move(s.the("sealed:cast"), s.the("rounds:open"))
        .until(s.the("sealed:cast")),
  ],
  [
    "ballots are brought by another organisation",
    ["writers"],
    (s) => {
      s.until(s.the("sealed:cast")).the("sealed:cast").submitter = s.the("sealed:offerServiceKey").submitter;
    },
  ],
  [
    "ballots are brought by somebody else's program",
    ["writers"],
    (s) => {
      s.until(s.the("sealed:cast")).the("sealed:cast").submitter = s.the("sealed:offerKeys").submitter;
    },
  ],
  [
    "ballots are written by another step",
    ["writers"],
    (s) => {
      s.until(s.the("sealed:cast")).the("sealed:cast").name = "sealed:publish";
    },
  ],
  [
    "a step that the protocol does not have writes of the round",
    ["writers"],
    (s) => {
      s.until(s.the("sealed:cast"));
      s.the("sealed:cast").name = "sealed:invent";
    },
  ],
  [
    "a key is released before publication is complete",
    ["writers"],
    (s) =>
      s
        .until(s.the("sealed:release"))
        .drop(s.the("sealed:completePublication"))
        .edit(s.the("sealed:release"), "sealing", (one) => {
          delete one.publication;
        }),
  ],
  [
    "it is counted before keys are released",
    ["writers", "outcome"],
    (s) => s.drop(...s.all("sealed:release")).until(s.the("rounds:count")),
  ],
  [
    "it is closed and never opened",
    ["writers"],
    (s) =>
      s
        .until(s.the("rounds:close"))
        .drop(
          s.the("rounds:open"),
          ...s.all("sealed:cast"),
          ...s.all("sealed:reportIssued"),
          s.the("sealed:endReception"),
        ),
  ],
  [
    "votes are other than counted",
    ["outcome"],
    (s) =>
      editOutcome(s, (one) => {
        const [first] = one.votes;
        if (first) first.votes += 1;
      }),
  ],
  [
    "another project is selected",
    ["outcome"],
    (s) =>
      editOutcome(s, (one) => {
        one.selected = [2];
      }),
  ],
  [
    "void ballots are counted",
    ["outcome"],
    (s) =>
      editOutcome(s, (one) => {
        one.void = 1;
      }),
  ],
  [
    "fewer ballots are counted",
    ["outcome"],
    (s) =>
      editOutcome(s, (one) => {
        one.ballots -= 1;
      }),
  ],
  [
    "ballots of the unopened area are left unsaid",
    ["outcome"],
    (s) =>
      editOutcome(s, (one) => {
        delete one.unopened;
      }),
  ],
  [
    "the selected projects' cost is another",
    ["outcome"],
    (s) =>
      editOutcome(s, (one) => {
        one.costCents += 100;
      }),
  ],
  [
    "the outcome's digest is another's",
    ["outcome", "attestations"],
    (s) =>
      s.editFrom(s.the("rounds:count"), "round", (r) => {
        if (r.outcome) r.outcome.digest = turned(r.outcome.digest);
      }),
  ],
  [
    "an organisation attested another outcome",
    ["attestations"],
    (s) =>
      s.edit(s.the("rounds:attest", -1), "round", (r) => {
        const [one] = r.attestations;
        if (one) one.digest = turned(one.digest);
      }),
  ],
  [
    "one organisation attests twice",
    ["attestations"],
    (s) =>
      s.edit(s.the("rounds:attest", -1), "round", (r) => {
        const [one, two] = r.attestations;
        if (one && two) two.organisation = one.organisation;
      }),
  ],
  [
    "an organisation writes another's attestation",
    ["attestations"],
    (s) => {
      const [, other] = JSON.parse(textOf(s.the("rounds:attest", -1), "round")).attestations;
      s.until(s.the("rounds:attest")).edit(s.the("rounds:attest"), "round", (r) => {
        r.attestations.push(other);
      });
    },
  ],
  [
    "attestations are written by the count",
    ["attestations"],
    (s) => {
      const { attestations } = JSON.parse(textOf(s.the("rounds:attest", -1), "round"));
      s.until(s.the("rounds:count")).edit(s.the("rounds:count"), "round", (r) => {
        r.attestations = attestations;
      });
    },
  ],
  [
    "an issuer changes another's commitment, and reveals a number that fits it",
    ["ties"],
    (s) => {
      const reveal = new Uint8Array(32).fill(9);
      const change = (one: Sealing) => {
        one.ties = one.ties.map((tie) =>
          tie.issuer === 1
            ? { issuer: 1, commitment: hex(tieCommitment(id, 1, reveal)), reveal: hex(reveal) }
            : tie,
        );
      };
      s.edit(s.the("sealed:revealTie", 2), "sealing", change);
      refrozen(s, change);
    },
  ],
  [
    "an organisation offers another's trustee key",
    ["keys"],
    (s) => {
      const [, other] = JSON.parse(textOf(s.the("sealed:offerTrusteeKey", 1), "sealing")).trustees;
      s.edit(s.the("sealed:offerTrusteeKey"), "sealing", (one) => {
        one.trustees.push(other);
      }).until(s.the("rounds:freeze"));
    },
  ],
  [
    "an organisation offers two of the trustees' keys in one step",
    ["keys"],
    (s) => {
      const [first, ...others] = s.all("sealed:offerTrusteeKey") as [Transaction, ...Transaction[]];
      const trusteesAfter = (one: Transaction): Sealing["trustees"] =>
        JSON.parse(textOf(one, "sealing")).trustees;
      const last = others.at(-1) ?? first;
      const [own] = trusteesAfter(first) as [Sealing["trustees"][number]];
      const known = new Set(trusteesAfter(others[0] ?? first).map(({ organisation }) => organisation));
      const missing = trusteesAfter(last).find(({ organisation }) => !known.has(organisation));
      const again = { ...own, key: missing?.key ?? "" };
      s.editFrom(first, "sealing", (one) => {
        one.trustees = one.trustees.filter(({ organisation }) => organisation !== missing?.organisation);
        one.trustees.splice(1, 0, again);
      }).drop(last);
      refrozen(s, () => {});
    },
  ],
  [
    "an organisation offers another's service key",
    ["keys"],
    (s) => {
      const { copyKeeper } = JSON.parse(textOf(s.the("sealed:offerServiceKey", 1), "sealing")).services;
      s.edit(s.the("sealed:offerServiceKey"), "sealing", (one) => {
        one.services.copyKeeper = copyKeeper;
      }).until(s.the("rounds:freeze"));
    },
  ],
  [
    "an organisation releases another's key",
    ["release"],
    (s) => {
      const [, other] = JSON.parse(textOf(s.the("sealed:release", 1), "sealing")).released;
      s.edit(s.the("sealed:release"), "sealing", (one) => {
        one.released.push(other);
      });
    },
  ],
  [
    "the closing is put off by another step than its own",
    ["freeze"],
    (s) =>
      s.until(s.the("rounds:open")).edit(s.the("rounds:open"), "round", (r) => {
        r.prolongedTo = "2026-02-20T20:00:00Z";
      }),
  ],
  [
    "one organisation alone attests",
    ["attestations"],
    (s) =>
      s.edit(s.the("rounds:attest", -1), "round", (r) => {
        r.attestations.pop();
      }),
  ],
  [
    "the round's record is none",
    ["writers", "records"],
    (s) =>
      s.until(s.the("rounds:open")).edit(s.the("rounds:open"), "round", (r) => {
        (r as Record<string, unknown>).rollSize = "many";
      }),
  ],
];

/** What a transaction writes of the one record of a type. */
function textOf(transaction: Transaction, type: string): string {
  return transaction.writes.find(([key]) => key === keyOf(type, id))?.[1] ?? "null";
}

function keysOf(story: Story, nth: number): RecordOf<"issuer_key">[] {
  return story
    .the("sealed:offerKeys", nth)
    .writes.filter(([key]) => key.startsWith(keyOf("issuer_key", id).slice(0, -1)))
    .map(([, value]) => JSON.parse(value));
}
