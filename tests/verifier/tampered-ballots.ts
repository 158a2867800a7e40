/** Ballots and the list of them, changed in every way that the protocol excludes. */
import { hex, secrets } from "@/chaincode/testing/sealed-election";
import { released } from "@/chaincode/testing/sealed-story";
import type { RecordOf } from "@/protocol/records";
import type { Item } from "@/verifier/items";
import type { Cast } from "@/voting/sealed/cast";
import { signCast } from "@/voting/sealed/cast";
import { nodePrimitives } from "@/voting/sealed/node";
import { keyOf } from "./recorded-city";
import { id } from "./sealed-round";
import { type Story, turned } from "./story";

/** What is done to a story, and the items that then fail: these, and no other. */
export type Tampering = readonly [name: string, items: readonly Item[], change: (story: Story) => unknown];

const first = (story: Story) => story.the("sealed:cast", 0);
const end = (story: Story) => story.until(story.the("sealed:cast", 3));

/** The first group again with another first ballot, and nothing after it. */
async function withFirst(
  story: Story,
  change: (cast: Cast, story: Story) => Promise<Cast> | Cast,
): Promise<void> {
  const casts = await Promise.all((await story.voters(1, 12)).map((voter) => story.cast(voter, [1])));
  casts[0] = await change(casts[0] as Cast, story);
  story.recast(first(story), casts).until(first(story));
}

/** The 32 bytes of a point of order eight. */
const torsion = "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a";

export const ballotTamperings: readonly Tampering[] = [
  [
    "a ballot's envelope is another one",
    ["ballots"],
    (s) =>
      end(s).edit(first(s), "sealed_ballot", (b) => {
        b.digest = turned(b.digest);
      }),
  ],
  [
    "a ballot's signature is changed",
    ["ballots"],
    (s) =>
      end(s).edit(first(s), "sealed_ballot", (b) => {
        b.signature = turned(b.signature);
      }),
  ],
  [
    "a credential is forged",
    ["ballots"],
    (s) =>
      end(s).edit(first(s), "sealed_ballot", (b) => {
        b.credentials[1] = Buffer.alloc(384, 7).toString("base64");
      }),
  ],
  [
    "two credentials change places",
    ["ballots"],
    (s) =>
      end(s).edit(first(s), "sealed_ballot", (b) => {
        b.credentials = [b.credentials[1], b.credentials[0], b.credentials[2]];
      }),
  ],
  [
    "a credential is somebody else's",
    ["ballots"],
    async (s) => {
      const [, other] = await s.voters(1, 2);
      await withFirst(s, (cast) => ({ ...cast, credentials: other?.credentials ?? cast.credentials }));
    },
  ],
  [
    "a voter's key is on one of small order",
    ["ballots"],
    (s) => withFirst(s, (cast) => ({ ...cast, voter: Uint8Array.from(Buffer.from(torsion, "hex")) })),
  ],
  [
    "a ballot is of a voter of another area",
    ["ballots"],
    async (s) => {
      const [voter] = await s.voters(2, 1);
      if (voter) await withFirst(s, () => s.cast({ ...voter, area: 1 }, [1]));
    },
  ],
  [
    "a ballot is of another round",
    ["ballots"],
    (s) =>
      withFirst(s, async (cast, story) => {
        const [voter] = await story.voters(1, 1);
        const round = { ...story.sealedRound, digest: new Uint8Array(32).fill(9) };
        const { signature } = await signCast(
          nodePrimitives,
          round,
          cast,
          voter?.secret as Uint8Array,
          cast.credentials,
          cast.envelope,
        );
        return { ...cast, signature };
      }),
  ],
  [
    "a ballot is signed for another seq",
    ["ballots"],
    (s) =>
      withFirst(s, async (cast, story) => {
        const [voter] = await story.voters(1, 1);
        const { signature } = await signCast(
          nodePrimitives,
          story.sealedRound,
          { ...cast, seq: 2 },
          voter?.secret as Uint8Array,
          cast.credentials,
          cast.envelope,
        );
        return { ...cast, signature };
      }),
  ],
  [
    "a ballot is added for which no credential was issued",
    ["ballots"],
    async (s) => {
      const secret = new Uint8Array(32).fill(3);
      const voter = await nodePrimitives.ed25519PublicKey(secret);
      await withFirst(s, (cast, story) =>
        signCast(
          nodePrimitives,
          story.sealedRound,
          { area: 1, voter, seq: 1 },
          secret,
          cast.credentials,
          cast.envelope,
        ),
      );
    },
  ],
  [
    "the organisations never got a ballot's envelope",
    ["ballots"],
    (s) => {
      first(end(s)).privateWrites.pop();
    },
  ],
  [
    "the organisations got another envelope",
    ["ballots"],
    (s) => {
      const [pair] = first(end(s)).privateWrites;
      if (pair) pair[1] = new Uint8Array(300);
    },
  ],
  [
    "a ballot is recorded twice at its place",
    ["order"],
    (s) => {
      const again = s.until(first(s)).repeat(first(s));
      again.reads = again.reads.filter((key) => !key.includes("ballot"));
    },
  ],
  [
    "another ballot is recorded at a place that is taken",
    ["order"],
    async (s) => {
      const casts = await Promise.all((await s.voters(1, 12)).map((voter) => s.cast(voter, [2])));
      s.until(first(s));
      s.recast(s.repeat(first(s)), casts);
    },
  ],
  [
    "a ballot skips one",
    ["order"],
    async (s) => {
      const casts = await Promise.all((await s.voters(1, 12)).map((voter) => s.cast(voter, [1], 3)));
      s.recast(first(s), casts).until(first(s));
    },
  ],
  [
    "the first ballots of keys are dropped",
    ["order"],
    (s) => {
      const [group] = s.all("sealed:cast");
      if (group) end(s).drop(group);
      // Whoever drops them says that nothing was read of them.
      for (const one of s.all("sealed:cast")) one.reads = one.reads.filter((key) => !key.includes("ballot"));
    },
  ],
  [
    "a key is in a group twice",
    ["groups"],
    async (s) => {
      const voters = await s.voters(1, 12);
      const [voter] = voters;
      const casts = await Promise.all(voters.map((one) => s.cast(one, [1])));
      if (voter) casts.push(await s.cast(voter, [1], 2));
      s.recast(first(s), casts).until(first(s));
    },
  ],
  [
    "a group is of two areas",
    ["groups"],
    async (s) => {
      const casts = await Promise.all(
        [...(await s.voters(1, 3)), ...(await s.voters(2, 3))].map((voter) => s.cast(voter, [1])),
      );
      s.recast(first(s), casts).until(first(s));
    },
  ],
  [
    "a group is of too few keys before the end",
    ["groups"],
    async (s) => {
      const casts = await Promise.all((await s.voters(1, 2)).map((voter) => s.cast(voter, [1])));
      s.recast(first(s), casts).until(first(s));
    },
  ],
  [
    "a ballot's record says another round",
    ["records"],
    (s) =>
      end(s).edit(first(s), "sealed_ballot", (b) => {
        b.round = "another-round";
      }),
  ],
  [
    "a ballot's record has another member",
    ["records"],
    (s) =>
      withFirst(s, (cast) => cast).then(() => {
        const { writes } = first(s);
        const at = writes.findIndex(([key]) => key.includes("\0sealed_ballot\0"));
        const [key, value] = writes[at] as [string, string];
        writes[at] = [key, JSON.stringify({ ...JSON.parse(value), name: "Ada" })];
      }),
  ],
  [
    "more vote than the roll has places",
    ["issuance"],
    async (s) => {
      const casts = await Promise.all((await s.voters(1, 41)).map((voter) => s.cast(voter, [1])));
      s.recast(first(s), casts).until(first(s));
    },
  ],
  [
    "more vote than one issuer issued credentials for",
    ["issuance"],
    (s) => {
      for (const nth of [1, 4])
        s.edit(s.the("sealed:reportIssued", nth), "issuance", (told) => {
          told.issued = [];
        });
    },
  ],
  [
    "credentials told become fewer",
    ["issuance"],
    (s) =>
      s.edit(s.the("sealed:reportIssued", 3), "issuance", (told) => {
        told.issued = [{ area: 2, count: 20 }];
      }),
  ],
  [
    "more credentials are told than the roll has places",
    ["issuance"],
    (s) =>
      s.edit(s.the("sealed:reportIssued", 4), "issuance", (told) => {
        told.issued = told.issued.map((one) => ({ ...one, count: 60 }));
      }),
  ],
  [
    "credentials and paper are more than the roll",
    ["issuance"],
    (s) =>
      s.edit(s.the("sealed:reportIssued", 5), "issuance", (told) => {
        told.paper = 60;
      }),
  ],
  [
    "an issuer tells of another's credentials",
    ["issuance"],
    (s) =>
      s.edit(s.the("sealed:reportIssued", 2), "issuance", (told) => {
        told.issuer = 1;
        told.day = "2026-02-02";
      }),
  ],
  [
    "the relay has not signed the end of the reception",
    ["reception"],
    (s) =>
      s.editFrom(s.the("sealed:endReception"), "sealing", (one) => {
        if (one.reception) one.reception.relaySignature = turned(one.reception.relaySignature);
      }),
  ],
  [
    "the copy-keeper signed as the relay",
    ["reception"],
    (s) =>
      s.editFrom(s.the("sealed:endReception"), "sealing", (one) => {
        if (one.reception) one.reception.copyKeeperSignature = one.reception.relaySignature;
      }),
  ],
  [
    "more ballots are recorded than posts were received",
    ["reception"],
    (s) =>
      s.editFrom(s.the("sealed:endReception"), "sealing", (one) => {
        if (one.reception) one.reception.count = 30;
      }),
  ],
  [
    "the end of the reception is told again",
    ["reception"],
    (s) =>
      s.editFrom(s.the("sealed:list", -1), "sealing", (one) => {
        if (one.reception) one.reception.count += 1;
      }),
  ],
  [
    "the list's root is another",
    ["list"],
    (s) =>
      editList(s, (list) => {
        list.root = turned(list.root);
      }),
  ],
  [
    "the list counts one more",
    ["list"],
    (s) =>
      editList(s, (list) => {
        list.count += 1;
      }),
  ],
  [
    "the list counts fewer superseded ballots",
    ["list"],
    (s) =>
      editList(s, (list) => {
        list.superseded -= 1;
      }),
  ],
  [
    "an area is left out of the list",
    ["list"],
    (s) =>
      editList(s, (list) => {
        list.areas = list.areas.slice(0, 2);
      }),
  ],
  [
    "an area is opened with fewer than ten ballots",
    ["list", "publication"],
    (s) =>
      editList(s, (list) => {
        const [, , third] = list.areas;
        if (third) third.opened = true;
      }).until(s.the("sealed:completePublication")),
  ],
  [
    "an area with ten ballots is not opened",
    ["list", "publication"],
    (s) =>
      editList(s, (list) => {
        const [, second] = list.areas;
        if (second) second.opened = false;
      }).until(s.the("sealed:completePublication")),
  ],
  [
    "a superseded ballot is on the list in the place of the last",
    ["list", "publication"],
    async (s) => {
      // The third ballot of a key is dropped, and the list is the one with it.
      s.until(s.the("sealed:completePublication")).drop(s.the("sealed:cast", -1));
      for (const one of s.transactions)
        one.reads = one.reads.filter((key) => !key.includes("\0last_ballot\0"));
    },
  ],
  [
    "the list is told again",
    ["list"],
    (s) =>
      s.editFrom(s.the("sealed:completePublication"), "sealing", (one) => {
        if (one.list) one.list.superseded += 1;
      }),
  ],
  [
    "no superseded envelope is purged",
    ["purge"],
    (s) => {
      for (const one of s.all("sealed:purge")) one.privateWrites = [];
    },
  ],
  [
    "one superseded envelope stays",
    ["purge"],
    (s) => {
      s.the("sealed:purge").privateWrites.pop();
    },
  ],
  [
    "the envelope of a ballot that stands is purged",
    ["purge"],
    async (s) => {
      const [ballot] = s.ballotsOf(s.the("sealed:cast", 1));
      const parts = [id, "00002", ballot?.key ?? "", "01"];
      s.the("sealed:purge").privateWrites.push([keyOf("envelope", ...parts), undefined]);
    },
  ],
  [
    "an envelope is published that nobody signed",
    ["publication", "outcome"],
    (s) =>
      s.edit(s.the("sealed:publish"), "sealed_envelope", (one) => {
        one.envelope = Buffer.alloc(300, 1).toString("base64");
      }),
  ],
  [
    "an envelope is published under an earlier ballot",
    ["publication", "outcome"],
    (s) =>
      s.edit(s.the("sealed:publish"), "sealed_envelope", (one) => {
        if (one.seq > 1) one.seq -= 1;
      }),
  ],
  [
    "an envelope is published twice",
    ["publication"],
    (s) => {
      const again = s.repeat(s.the("sealed:publish"));
      again.reads = again.reads.filter((key) => !key.includes("\0sealed_envelope\0"));
    },
  ],
  [
    "an envelope of an area that is not opened is published",
    ["publication"],
    (s) => {
      const publish = s.the("sealed:publish");
      const third = s.the("sealed:cast", 2);
      const [ballot] = s.ballotsOf(third);
      const [, envelope] = third.privateWrites[0] ?? [];
      const record = {
        municipality: ballot?.municipality,
        round: id,
        area: 3,
        key: ballot?.key,
        seq: 1,
        envelope: Buffer.from(envelope ?? []).toString("base64"),
        schema: 5,
      };
      publish.writes.push([keyOf("sealed_envelope", id, "00003", ballot?.key ?? ""), JSON.stringify(record)]);
      s.editFrom(s.the("sealed:completePublication"), "sealing", (one) => {
        if (one.publication) one.publication.published += 1;
      });
    },
  ],
  [
    "an envelope is held back and told to be published",
    ["publication", "outcome"],
    (s) => {
      const { writes } = s.the("sealed:publish");
      writes.splice(
        writes.findIndex(([key]) => key.includes("\0sealed_envelope\0")),
        1,
      );
    },
  ],
  [
    "an envelope is told to be missing that is there",
    ["publication"],
    (s) =>
      s.editFrom(s.the("sealed:completePublication"), "sealing", (one) => {
        if (one.publication) one.publication.missing = 1;
      }),
  ],
  [
    "a trustee's released secret is another's",
    ["release", "outcome"],
    (s) =>
      s.editFrom(s.the("sealed:release"), "sealing", (one) => {
        const [own] = one.released;
        if (own) own.secret = hex(secrets.trustees[1] as Uint8Array);
      }),
  ],
  [
    "one trustee releases twice, and no other",
    ["release", "outcome"],
    (s) =>
      s.editFrom(s.the("sealed:release", 1), "sealing", (one) => {
        const [own, second] = one.released;
        if (own && second) one.released = [own, { ...own, on: second.on }];
      }),
  ],
  [
    "a secret is released under another organisation's name",
    ["release", "outcome"],
    (s) =>
      s.editFrom(s.the("sealed:release"), "sealing", (one) => {
        const [own] = one.released;
        if (own) {
          own.organisation = "Case";
          own.secret = released(0).secret;
        }
      }),
  ],
  [
    "what was released is written again",
    ["release"],
    (s) =>
      s.editFrom(s.the("sealed:release", 1), "sealing", (one) => {
        const [own] = one.released;
        if (own) own.on = "2026-02-12";
      }),
  ],
];

function editList(story: Story, change: (list: NonNullable<RecordOf<"sealing">["list"]>) => unknown): Story {
  return story.editFrom(story.the("sealed:list", -1), "sealing", (one) => {
    if (one.list) change(one.list);
  });
}
