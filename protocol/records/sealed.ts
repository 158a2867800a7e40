/** What a round with sealed ballots has beside its round: who holds which key, ballots as they are cast, and their opening. */
import { z } from "zod";
import {
  Act,
  Day,
  Digest,
  Ed25519PublicKey,
  Ed25519Signature,
  Id,
  Instant,
  IstatCode,
  Organisation,
  type Organisation as OrganisationName,
} from "../primitives";

export const sealingStates = ["gathering", "frozen", "listed", "published", "released"] as const;

/** The number of an organisation in a sealed round, as issuer and as trustee. */
export const issuerNumberOf = { Comune: 1, Case: 2, Garanti: 3 } as const satisfies Record<
  OrganisationName,
  number
>;

/** Which organisation runs which service of a sealed round. */
export const sealedServices = { Comune: "relay", Case: "copyKeeper", Garanti: "opener" } as const;

/** The one issuer whose key signs the credentials for posting, and the number that stands for an area there. */
export const POSTING_ISSUER = 1;
export const NO_AREA = 0;

export const MOST_DISTRICTS = 300;
/** Envelopes, keys and ballots that one transaction takes or works through. */
export const atOnce = { keys: 20, ballots: 100, published: 100, purged: 200, listed: 500 } as const;

export const IssuerNumber = z.literal([1, 2, 3]);
export const AreaNumber = z.int().min(1).max(65_535);
export const Seq = z.int().min(1).max(20);
/** A modulus or a signature of RSA-3072: 384 bytes. */
export const RsaBytes = z.base64().length(512);
export const X25519PublicKey = z.string().regex(/^[0-9a-f]{64}$/);
export const Envelope = z.base64().max(8_000);

/** A district by its id, or one that stands for the whole municipality. */
export const District = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/),
  /** Places on its roll. */
  size: z.int().positive(),
  /** Salted Merkle root of its roll. */
  root: Digest,
});

export const SealedArea = z.strictObject({
  number: AreaNumber,
  size: z.int().positive(),
  /** In the order of their ids. */
  districts: z.array(District).min(1).max(MOST_DISTRICTS),
});

/** What relay and copy-keeper held at the end of the reception, each signing it. */
export const Reception = z.strictObject({
  count: z.int().nonnegative(),
  /** `postingOrder` up to the last post. */
  order: Digest,
  relaySignature: Ed25519Signature,
  copyKeeperSignature: Ed25519Signature,
});

/** What became of all sheets of a round, once each of them is entered and confirmed. */
export const PaperTotals = z.strictObject({
  areas: z
    .array(z.strictObject({ number: AreaNumber, cast: z.int().nonnegative(), opened: z.boolean() }))
    .max(MOST_DISTRICTS),
  on: Day,
});
export type PaperTotals = z.infer<typeof PaperTotals>;

/** What announcing fixes of how a sealed round is held. */
export const sealingTerms = {
  /** Below so many places an area is joined with another. */
  leastPlaces: z.int().positive(),
  /** Ballots of so many keys are recorded together. */
  groupSize: z.int().min(2).max(100),
  /** After the closing instant ballots are still recorded for so long. */
  graceMinutes: z.int().min(0).max(10_080),
  /** Days after which a final envelope that nobody brings is void. */
  publishDays: z.int().min(1).max(60),
  /** Hours between the notice of an enrolment and the credential. */
  noticeHours: z.int().min(0).max(168),
  /** SHA-256 of the voting page's bundle. */
  bundle: Digest,
};

export const SealingRecord = z.strictObject({
  municipality: IstatCode,
  /** That of the round to be. */
  id: Id,
  call: Id,
  state: z.enum(sealingStates),
  areas: z.array(SealedArea).min(1).max(MOST_DISTRICTS),
  ...sealingTerms,
  announcedBy: z.strictObject({ organisation: Organisation, person: Id }),
  announcedOn: Day,
  /** For the order among equals: what each issuer commits to, and then reveals. */
  ties: z
    .array(
      z.strictObject({
        issuer: IssuerNumber,
        commitment: Digest,
        reveal: z
          .string()
          .regex(/^[0-9a-f]{64}$/)
          .optional(),
      }),
    )
    .max(3),
  services: z.strictObject({
    relay: Ed25519PublicKey.optional(),
    copyKeeper: Ed25519PublicKey.optional(),
    opener: X25519PublicKey.optional(),
  }),
  trustees: z.array(z.strictObject({ organisation: Organisation, person: Id, key: X25519PublicKey })).max(3),
  /** SHA-256 of the canonical JSON of all issuers' keys (`issuerKeysText`), from the freeze on. */
  keysDigest: Digest.optional(),
  reception: Reception.optional(),
  /** A later closing instant, given once by the guarantors: an issuer left people waiting. */
  prolonged: z
    .strictObject({ closesAt: Instant, act: Act, reasonDigest: Digest, by: Id, on: Day })
    .optional(),
  /** The ballots that stand: last ones of each key, in the order of areas and keys. */
  list: z
    .strictObject({
      root: Digest,
      count: z.int().nonnegative(),
      /** Ballots with a later one of the same key. */
      superseded: z.int().nonnegative(),
      areas: z
        .array(z.strictObject({ number: AreaNumber, ballots: z.int().nonnegative(), opened: z.boolean() }))
        .max(MOST_DISTRICTS),
      on: Day,
    })
    .optional(),
  /** How many final envelopes were published, and how many nobody brought. */
  publication: z
    .strictObject({ published: z.int().nonnegative(), missing: z.int().nonnegative(), on: Day })
    .optional(),
  /** Of the sheets of paper, once all of them are entered. */
  paper: PaperTotals.optional(),
  /** Secret keys of trustees, released for the count. */
  released: z
    .array(
      z.strictObject({
        organisation: Organisation,
        person: Id,
        secret: z.string().regex(/^[0-9a-f]{64}$/),
        on: Day,
      }),
    )
    .max(3),
});

/** Key `(municipality, "issuer_key", round, issuer, area as 5 digits)`; area 0 is the key for posting. */
export const IssuerKeyRecord = z.strictObject({
  municipality: IstatCode,
  round: Id,
  issuer: IssuerNumber,
  area: z.int().min(NO_AREA).max(65_535),
  /** Of an RSA-3072 key with exponent 65537. */
  modulus: RsaBytes,
});

/** What an issuer tells of a day, key `(municipality, "issuance", round, issuer, day)`. Counts are since the announcement, in steps. */
export const IssuanceRecord = z.strictObject({
  municipality: IstatCode,
  round: Id,
  issuer: IssuerNumber,
  day: Day,
  issued: z.array(z.strictObject({ area: AreaNumber, count: z.int().nonnegative() })).max(MOST_DISTRICTS),
  refused: z.int().nonnegative(),
  waiting: z.int().nonnegative(),
  /** People marked as voting on paper. */
  paper: z.int().nonnegative(),
  /** Merkle root of the issuer's own list. */
  root: Digest,
});

/** Key `(municipality, "sealed_ballot", round, area as 5 digits, key, seq as 2 digits)`. The highest `seq` of a key stands. */
export const SealedBallotRecord = z.strictObject({
  municipality: IstatCode,
  round: Id,
  area: AreaNumber,
  key: Ed25519PublicKey,
  seq: Seq,
  /** `envelopeDigest` of `voting/sealed`. */
  digest: Digest,
  signature: Ed25519Signature,
  /** Of issuers 1 to 3. */
  credentials: z.tuple([RsaBytes, RsaBytes, RsaBytes]),
});

/** A final ballot's envelope, key `(municipality, "sealed_envelope", round, area as 5 digits, key)`. */
export const SealedEnvelopeRecord = z.strictObject({
  municipality: IstatCode,
  round: Id,
  area: AreaNumber,
  key: Ed25519PublicKey,
  seq: Seq,
  envelope: Envelope,
});

/** Days by which a vote can be prolonged. */
export const MOST_PROLONGED_DAYS = 30;

/** The parts of keys, so that the order of keys is that of numbers. */
export const areaPart = (area: number) => String(area).padStart(5, "0");
export const sealedSeqPart = (seq: number) => String(seq).padStart(2, "0");
