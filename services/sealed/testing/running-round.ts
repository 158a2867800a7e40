/** A frozen trial round whose relay, copy-keeper and opener run, with a clock that tests turn. */
import { TrialParts, until } from "./trial-parts";
import { Device, TrialSealedRound } from "./trial-round";

export class RunningRound {
  readonly closesAt = Date.parse("2026-07-01T10:00:00Z");
  clock = Date.parse("2026-06-01T10:00:00Z");
  trial!: TrialSealedRound;
  parts!: TrialParts;
  #people = 0;

  static async start(): Promise<RunningRound> {
    const running = new RunningRound();
    const now = () => running.clock;
    running.trial = await TrialSealedRound.announce({ areas: { a: 30 }, groupSize: 3, now });
    running.parts = new TrialParts(running.trial, now);
    await running.parts.startAll();
    await until(() => Object.keys(running.trial.view().keys).length === 3, "the keys of the parts");
    await running.trial.freeze(new Date(running.closesAt));
    running.clock += 6_000;
    return running;
  }

  async enrolled(): Promise<Device> {
    const device = new Device(this.trial, this.#people++);
    await device.enrol();
    return device;
  }

  /** How many ballots the ledger has. */
  get recorded(): number {
    return this.trial.ledger.ballots.size;
  }

  endReception(): void {
    this.clock = this.closesAt + 60_000;
  }

  async stop(): Promise<void> {
    await this.parts.stopAll();
    await this.trial.close();
  }
}
