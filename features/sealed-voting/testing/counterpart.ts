/**
 * Issuers, relay with copy-keeper, and ledger of one sealed round in this process, made of `voting/sealed`, with the
 * addresses and answers of the real ones: what a device is tested against where no service runs.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { leafHash, merkleRoot, rootOfSubtrees } from "@/voting/merkle-tree";
import { blindSign, modulusOf } from "@/voting/sealed/blind-sign";
import { concat, uint, utf8 } from "@/voting/sealed/bytes";
import { readCast } from "@/voting/sealed/cast";
import { deskCode, deskCodeText, deskSignIn } from "@/voting/sealed/desk-code";
import { type EnrolmentPurpose, enrolmentNonce, isEnrolmentRequest, rhoOf } from "@/voting/sealed/enrolment";
import { envelopeDigest, envelopeLength } from "@/voting/sealed/envelope";
import { finalList } from "@/voting/sealed/final-list";
import { nodePrimitives as machine } from "@/voting/sealed/node";
import { decodePost, openCast, postDigest, postFault } from "@/voting/sealed/post";
import { encodeReceipt, type Keeper, postingOrder, receiptMessage } from "@/voting/sealed/receipts";
import { RHO_ENTRY } from "@/voting/sealed/rho-list";
import type { IssuerNumber } from "@/voting/sealed/round";
import { AREA, bytes, type TrialIssuers, type TrialRound } from "@/voting/sealed/testing/trial-round";
import { bucketNumber } from "../device/buckets";
import { ofHex, toBase64, toHex } from "../device/bytes";
import { FINAL_BLOCK } from "../device/final-list";
import type { SealedParameters } from "../parameters";

const secrets = { relay: bytes("relay"), "copy-keeper": bytes("copy-keeper") };

interface Recorded {
  readonly area: number;
  readonly voter: Uint8Array;
  readonly seq: number;
  readonly digest: Uint8Array;
  readonly envelope: Uint8Array;
}

/** What the provider signs, here in clear: whom a token is for and what it binds. */
export const trialToken = (person: string, nonce: string) => `${person}.${nonce}`;

export class Counterpart {
  readonly posts: { postingKey: string; sealed: Uint8Array; receipt: Uint8Array }[] = [];
  readonly entries: Uint8Array[] = [];
  readonly recorded: Recorded[] = [];
  /** Requests as they came. */
  readonly asked: { method: string; path: string; credentials: RequestCredentials | undefined }[] = [];
  closed = false;
  released = false;
  /** Bits that tell the parts of lists apart. */
  bits = 1;
  /** Whom two organisations vouch for at a desk: fiscal number and the code of the device. */
  readonly vouchers = new Set<string>();
  /** Answers that are given instead, for a path that contains the text. */
  readonly instead = new Map<string, () => Response | Promise<Response>>();
  readonly #issued = new Map<string, string>();
  readonly #waits = new Set<IssuerNumber>();

  constructor(
    readonly round: TrialRound,
    readonly issuers: TrialIssuers,
    readonly id = "9f1c8e7a-0000-4000-8000-000000000001",
  ) {}

  wait(issuer: IssuerNumber): void {
    this.#waits.add(issuer);
  }

  async parameters(): Promise<SealedParameters> {
    const [a, b, c] = this.round.trustees;
    const [first, second, third, posting] = this.issuers.secrets.map((key) => toBase64(modulusOf(key)));
    return {
      version: 1,
      round: this.id,
      digest: toHex(this.round.digest),
      layout: this.round.layout,
      areas: [{ number: AREA, moduli: [first as string, second as string, third as string] }],
      posting: posting as string,
      trustees: [toHex(a), toHex(b), toHex(c)],
      opener: toHex(this.round.opener),
      relay: toHex(await machine.ed25519PublicKey(secrets.relay)),
      copyKeeper: toHex(await machine.ed25519PublicKey(secrets["copy-keeper"])),
      groupSize: 2,
      closesAt: "2030-06-30T20:00:00Z",
      bundle: "0".repeat(64),
      addresses: {
        issuers: ["/sealed/issuer/1", "/sealed/issuer/2", "/sealed/issuer/3"],
        relay: "/sealed/relay",
        ledger: "/api/sealed/torino/round",
      },
    };
  }

  readonly fetch = async (address: string, init: RequestInit = {}): Promise<Response> => {
    this.asked.push({ method: init.method ?? "GET", path: address, credentials: init.credentials });
    for (const [part, answer] of this.instead) if (address.includes(part)) return answer();
    const issuer = /^\/sealed\/issuer\/([123])\/v1\/enrolments$/.exec(address);
    if (issuer) return this.#enrol(Number(issuer[1]) as IssuerNumber, JSON.parse(String(init.body)));
    if (address === "/sealed/issuer/3/v1/rhos") return this.#list(JSON.parse(String(init.body)));
    const rhos = /^\/sealed\/issuer\/3\/v1\/rhos\/[^/]+(?:\/(\d+))?$/.exec(address);
    if (rhos) return this.#bucket(rhos[1], this.entries, (entry) => entry);
    if (/^\/sealed\/relay\/v1\/rounds\/[^/]+\/posts$/.test(address)) return this.#post(init.body as never);
    const keys = /^\/sealed\/relay\/v1\/rounds\/[^/]+\/keys\/([0-9a-f]{64})$/.exec(address);
    if (keys) {
      const own = this.posts.filter(({ postingKey }) => postingKey === keys[1]);
      return Response.json({ receipts: own.map(({ receipt }) => toBase64(receipt)) });
    }
    const recorded = /\/recorded(?:\/(\d+))?$/.exec(address);
    if (recorded) {
      const list = this.recorded.map(entryOf);
      return this.#bucket(recorded[1], list, (entry) => entry.subarray(2));
    }
    const final = /\/final(?:\/(\d+)(\/envelopes)?)?$/.exec(address);
    if (final) return this.#final(final[1], final[2] !== undefined);
    return new Response("", { status: 404 });
  };

  /** The opener: everything that waits is written, as if its group were full. */
  async record(): Promise<void> {
    for (const { sealed } of this.posts) {
      const inner = await openCast(machine, this.round, this.round.openerSecret, sealed);
      const read = await readCast(
        machine,
        this.round,
        (area) => (area === AREA ? this.issuers.area : undefined),
        inner,
      );
      if ("fault" in read) throw new Error(read.fault);
      const { area, voter, seq, envelope } = read.cast;
      const isThere = this.recorded.some((one) => toHex(one.voter) === toHex(voter) && one.seq === seq);
      if (!isThere) this.recorded.push({ area, voter, seq, envelope, digest: envelopeDigest(envelope) });
    }
  }

  async #enrol(issuer: IssuerNumber, asked: Record<string, string>): Promise<Response> {
    const { purpose, token = "", fiscalNumber, ek = "", blinded = "", signature = "" } = asked;
    const key = ofHex(ek, 32) as Uint8Array;
    const own = Buffer.from(enrolmentNonce(this.round.digest, key)).toString("base64url");
    const [person = "", nonce] = fiscalNumber === undefined ? token.split(".") : [fiscalNumber, own];
    if (
      fiscalNumber &&
      !this.vouchers.has(`${fiscalNumber} ${deskCodeText(deskCode(this.round.digest, key))}`)
    )
      return refusal("not_vouched");
    const area = asked.area as unknown as number;
    const message = blinded === "" ? null : Uint8Array.from(Buffer.from(blinded, "base64"));
    const isSigned = await isEnrolmentRequest(
      machine,
      this.round.digest,
      key,
      {
        ...{ purpose: purpose as EnrolmentPurpose, issuer, area },
        ...{
          blinded: message,
          tokenDigest: fiscalNumber === undefined ? sha256(utf8(token)) : deskSignIn(fiscalNumber),
        },
      },
      ofHex(signature, 64) as Uint8Array,
    );
    if (!isSigned || nonce !== own) return refusal("bad_request");
    if (person === "stranger") return refusal("not_on_roll");
    if (purpose === "rho") {
      const secret = bytes(`secret of issuer ${issuer}`);
      const rho = rhoOf(secret, this.round.digest, bytes(`place of ${person} on the roll`));
      return Response.json({ rho: toHex(rho), area: AREA });
    }
    if (this.#waits.has(issuer)) {
      return Response.json({ notBefore: `2030-06-0${issuer}T10:00:00Z` }, { status: 202 });
    }
    const name = `${issuer} ${purpose} ${person}`;
    if ((this.#issued.get(name) ?? blinded) !== blinded) return refusal("already_issued");
    this.#issued.set(name, blinded);
    const secret = this.issuers.secrets[purpose === "posting" ? 3 : issuer - 1];
    if (!secret || !message) return refusal("bad_request");
    return Response.json({ signed: toBase64(blindSign(secret, message)) });
  }

  #list({ entry = "" }: Record<string, string>): Response {
    const given = Uint8Array.from(Buffer.from(entry, "base64"));
    if (given.length !== RHO_ENTRY) return refusal("malformed");
    this.entries.push(given);
    return Response.json({});
  }

  #bucket(number: string | undefined, list: Uint8Array[], beginning: (entry: Uint8Array) => Uint8Array) {
    if (number === undefined) return Response.json({ bits: this.bits });
    const inside = list.filter((one) => bucketNumber(beginning(one), this.bits) === Number(number));
    return octets(concat(...inside));
  }

  async #post(body: Uint8Array): Promise<Response> {
    const post = decodePost(this.round, body);
    const fault = await postFault(machine, this.round, this.issuers.posting, post);
    if (fault) return refusal(fault);
    if (this.closed) return refusal("ended");
    const hash = postDigest(post.sealed);
    const there = this.posts.find(({ sealed }) => toHex(postDigest(sealed)) === toHex(hash));
    if (there) return octets(there.receipt);
    const order = this.posts.reduce<Uint8Array | null>(
      (before, { sealed }) => postingOrder(this.round.digest, before, postDigest(sealed)),
      null,
    );
    const promise = {
      ...{ position: this.posts.length + 1, post: hash },
      order: postingOrder(this.round.digest, order, hash),
    };
    const sign = (keeper: Keeper) =>
      machine.ed25519Sign(secrets[keeper], receiptMessage(keeper, this.round.digest, promise));
    const receipt = encodeReceipt({
      ...promise,
      signatures: { relay: await sign("relay"), "copy-keeper": await sign("copy-keeper") },
    });
    this.posts.push({ postingKey: toHex(post.postingKey), sealed: post.sealed, receipt });
    return octets(receipt);
  }

  #final(block: string | undefined, envelopes: boolean): Response {
    if (!this.closed) return Response.json({ closed: false });
    const list = finalList(this.recorded) as Recorded[];
    const blocks = Array.from({ length: Math.ceil(list.length / FINAL_BLOCK) }, (_, i) =>
      list.slice(i * FINAL_BLOCK, (i + 1) * FINAL_BLOCK),
    );
    if (block !== undefined) {
      const part = blocks[Number(block)] ?? [];
      const none = new Uint8Array(envelopeLength(this.round));
      return octets(concat(...part.map((one) => (envelopes ? (one.envelope ?? none) : entryOf(one)))));
    }
    const roots = blocks.map((part) =>
      merkleRoot(part.map((one) => leafHash(concat(this.round.digest, entryOf(one))))),
    );
    return Response.json({
      closed: true,
      root: toHex(rootOfSubtrees(roots)),
      blocks: blocks.map((part, i) => ({
        first: toHex(entryOf(part[0] as Recorded).subarray(0, 34)),
        root: toHex(roots[i] as Uint8Array),
      })),
      secrets: this.released
        ? this.round.trusteeSecrets
            .slice(1)
            .map(({ trustee, secret }) => ({ trustee, secret: toHex(secret) }))
        : [],
    });
  }
}

function entryOf({ area, voter, seq, digest }: Omit<Recorded, "envelope">): Uint8Array {
  return concat(uint(area, 2), voter, uint(seq, 1), digest);
}

function octets(body: Uint8Array): Response {
  return new Response(new Uint8Array(body));
}

function refusal(code: string): Response {
  return Response.json({ code }, { status: 403 });
}
