/** The ledger as a part reaches it: by the gateway, with a certificate of its own organisation. */
import { randomUUID } from "node:crypto";
import { readConnection } from "@/ledger/client/connection";
import { LedgerGateway, type Signatory } from "@/ledger/client/gateway";
import { envelopeBytes } from "@/ledger/client/gateway/proposal";
import { refusalOf } from "@/ledger/client/gateway/refusal";
import { signMessage } from "@/ledger/client/gateway/signature";
import { type Holder, Identities } from "@/ledger/client/identities/identities";
import { advance, messageToSign, type SigningState, type Submitting } from "@/ledger/client/outbox/signing";
import { parseTransaction } from "@/ledger/evidence/transaction";
import type { Organisation } from "@/protocol/primitives";
import type { RecordOf, RecordType } from "@/protocol/records";
import { announcedRounds } from "./announced";
import { LedgerAway, LedgerRefusal, type RecordedPlace, type SealedLedger, type VouchedFor } from "./ledger";
import { PartSecret } from "./secrets";
import { StoreCertificates } from "./store-certificates";
import { viewOf } from "./view-of-records";

export interface GatewayLedgerOptions {
  /** `connection.json`. */
  readonly connectionFile: string;
  /** Folder of the part's certificates. */
  readonly folder: string;
  readonly secret: string;
  /** What the part is called on the ledger, e.g. `service-relay`. */
  readonly person: string;
  readonly organisation: Organisation;
  readonly role: "registrar" | "casting_service";
  /** Where announced rounds are named. */
  readonly announced: string;
}

const PAGE = 500;
/** How often a transaction is made anew that met a change of somebody else's. */
const ATTEMPTS = 5;

export class GatewayLedger implements SealedLedger {
  /** Rounds about which nothing changes any more. */
  readonly #over = new Map<string, Awaited<ReturnType<SealedLedger["rounds"]>>[number]>();

  private constructor(
    private readonly options: GatewayLedgerOptions,
    private readonly gateway: LedgerGateway,
    private readonly identities: Identities,
    private readonly certificates: StoreCertificates,
  ) {}

  static async open(options: GatewayLedgerOptions): Promise<GatewayLedger> {
    const connection = await readConnection(options.connectionFile);
    const certificates = new StoreCertificates(options.folder, new PartSecret(options.secret));
    const identities = new Identities(certificates, connection);
    const holder = (municipality: string): Holder => ({ ...options, municipality });
    const reader: Holder = { ...options, role: "reader", municipality: "000000" };
    const chain = (await identities.signatory(reader)).signatory;
    const of = async (municipality: string) => (await identities.signatory(holder(municipality))).signatory;
    const gateway = new LedgerGateway(connection, { chain, of });
    return new GatewayLedger(options, gateway, identities, certificates);
  }

  async rounds() {
    const announced = await announcedRounds(this.options.announced);
    const found = [];
    for (const { municipality, round } of announced) {
      const over = this.#over.get(round);
      const view = over ?? (await this.#asked(() => this.#view(municipality, round)));
      if (view) found.push(view);
      if (view?.published || view?.frozen?.phase === "annulled") this.#over.set(round, view);
    }
    return found;
  }

  async day(municipality: string): Promise<string> {
    const record = await this.#asked(() => this.#get("day", municipality, ["day"]));
    if (!record) throw new LedgerAway("the municipality has no day");
    return record.day;
  }

  async recorded(municipality: string, { round, area, key, seq }: RecordedPlace): Promise<Uint8Array | null> {
    const idParts = [
      ...[round, String(area).padStart(5, "0"), Buffer.from(key).toString("hex")],
      String(seq).padStart(2, "0"),
    ];
    const record = await this.#asked(() => this.#get("sealed_ballot", municipality, idParts));
    return record ? new Uint8Array(Buffer.from(record.digest, "hex")) : null;
  }

  async vouched(municipality: string, round: string, voucher: Uint8Array): Promise<VouchedFor | null> {
    const idParts = [round, Buffer.from(voucher).toString("hex")];
    const record = await this.#asked(() => this.#get("voucher", municipality, idParts));
    return record?.state === "confirmed" ? { area: record.area, purpose: record.purpose } : null;
  }

  async submit(
    transaction: string,
    input: Readonly<Record<string, unknown>> & { readonly municipality: string },
    transient: Readonly<Record<string, Uint8Array>> = {},
  ): Promise<unknown> {
    const command = randomUUID();
    for (let attempt = 1; ; attempt++) {
      const { signatory } = await this.#asked(() =>
        this.identities.signatory({ ...this.options, municipality: input.municipality }),
      );
      const argument = { by: "service", input: { ...input, command } };
      const settled = await this.#asked(() => this.#carry(signatory, transaction, argument, transient));
      if (settled.status === "committed") return settled.answer;
      if (settled.status === "failed" || attempt === ATTEMPTS)
        throw new LedgerAway(`${transaction} ${settled.status}`);
    }
  }

  close(): void {
    this.gateway.close();
    this.certificates.close();
  }

  async #carry(
    signatory: Signatory,
    transaction: string,
    argument: object,
    transient: Readonly<Record<string, Uint8Array>>,
  ): Promise<{ status: "committed" | "failed" | "conflicted"; answer?: unknown }> {
    let state: SigningState = {
      status: "prepared",
      ...this.gateway.newProposal(signatory, transaction, argument, transient),
    };
    let answer: unknown;
    while (state.status !== "committed" && state.status !== "failed" && state.status !== "conflicted") {
      const message = messageToSign(state);
      const before: SigningState = state;
      state = await advance(this.gateway, state, {
        signature: message && signMessage(signatory.key, message),
      });
      if (state.status === "transaction_signed") {
        // It was looked up and is in no block: whoever brought it looks again before bringing it anew.
        if (before.status === "submitted") throw new LedgerAway("not ordered in time");
        answer = answerOf(state);
      }
    }
    return { status: state.status, answer };
  }

  async #view(municipality: string, round: string) {
    const [sealing, frozen] = await Promise.all([
      this.#get("sealing", municipality, [round]),
      this.#get("round", municipality, [round]),
    ]);
    if (!sealing) return undefined;
    return viewOf(sealing, frozen ?? null, await this.#list("issuer_key", municipality, [round]));
  }

  async #get<Type extends RecordType>(type: Type, municipality: string, idParts: string[]) {
    return (await this.gateway.evaluate("records:get", {
      municipality,
      type,
      idParts,
    })) as RecordOf<Type> | null;
  }

  async #list<Type extends RecordType>(type: Type, municipality: string, prefix: string[]) {
    const found: RecordOf<Type>[] = [];
    for (let bookmark = ""; ; ) {
      const question = { municipality, type, prefix, pageSize: PAGE, bookmark };
      const page = await this.gateway.evaluate("records:list", question);
      found.push(...(page.records as RecordOf<Type>[]));
      if (page.bookmark === "" || page.records.length === 0) return found;
      bookmark = page.bookmark;
    }
  }

  /** @throws LedgerRefusal by a rule, LedgerAway in every other case */
  async #asked<Result>(ask: () => Promise<Result>): Promise<Result> {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof LedgerAway) throw error;
      const refusal = refusalOf(error);
      if (refusal.kind === "rule") throw new LedgerRefusal(refusal.rule.code);
      if (refusal.kind === "other" && refusal.rule) throw new LedgerRefusal(refusal.rule.code);
      throw new LedgerAway(refusal.message);
    }
  }
}

/** What the chaincode answered to the proposal. */
function answerOf(state: Submitting): unknown {
  const payload = parseTransaction(envelopeBytes(state)).action?.response.payload;
  if (!payload || payload.length === 0) return undefined;
  return JSON.parse(Buffer.from(payload).toString("utf8"));
}
