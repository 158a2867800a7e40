/**
 * A ledger that is reached only once there is a round: until then a part holds no connection, no certificate and none of
 * the code for them.
 */
import { announcedRounds } from "./announced";
import type { GatewayLedger, GatewayLedgerOptions } from "./gateway-ledger";
import { LedgerAway, type SealedLedger } from "./ledger";

export class LateLedger implements SealedLedger {
  #opening: Promise<GatewayLedger> | undefined;

  constructor(private readonly options: GatewayLedgerOptions) {}

  async rounds() {
    if ((await announcedRounds(this.options.announced)).length === 0) return [];
    return (await this.#open()).rounds();
  }

  async day(municipality: string) {
    return (await this.#open()).day(municipality);
  }

  async recorded(...question: Parameters<SealedLedger["recorded"]>) {
    return (await this.#open()).recorded(...question);
  }

  async vouched(...question: Parameters<SealedLedger["vouched"]>) {
    return (await this.#open()).vouched(...question);
  }

  async submit(...transaction: Parameters<SealedLedger["submit"]>) {
    return (await this.#open()).submit(...transaction);
  }

  async close(): Promise<void> {
    (await this.#opening?.catch(() => undefined))?.close();
  }

  #open(): Promise<GatewayLedger> {
    this.#opening ??= import("./gateway-ledger")
      .then(({ GatewayLedger: Ledger }) => Ledger.open(this.options))
      .catch((error: unknown) => {
        this.#opening = undefined;
        throw new LedgerAway(error instanceof Error ? error.message : String(error));
      });
    return this.#opening;
  }
}
