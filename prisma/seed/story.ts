/**
 * The ground the seed's stories stand on: one municipality, its people, its chain's day, and what was already told.
 * Every step is a use case of the application done by a person of the story; nothing is inserted behind its back.
 */
import { createHash } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { municipalService } from "@/ledger/client/identities/services";
import { enqueue } from "@/ledger/client/outbox/enqueue";
import { once } from "@/ledger/client/outbox/record";
import { NotRecordedError, waitFor } from "@/ledger/client/outbox/wait";
import { collectingActs } from "@/lib/acts-to-sign";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import { Gestures } from "@/prisma/seed/gestures";
import type { Official } from "@/prisma/seed/register";
import type { TrialPerson } from "@/prisma/seed/trial-people";
import type { ErrorCode } from "@/protocol/errors";
import type { Actor, Role } from "@/protocol/primitives";
import type { SignerDesk } from "@/services/signer/desk-client";

/** Ids that use cases made up, by the step that made them: a seed that was cut short goes on with them. */
export class Memory {
  readonly #path = join(env.COCITY_DATA, "seed-progress.json");
  #known: Record<string, string> = {};
  #writing: Promise<void> = Promise.resolve();

  async load(): Promise<void> {
    const text = await readFile(this.#path, "utf8").catch(() => "{}");
    this.#known = JSON.parse(text) as Record<string, string>;
  }

  knows(step: string): boolean {
    return this.#known[step] !== undefined;
  }

  async once(step: string, make: () => Promise<string>): Promise<string> {
    const known = this.#known[step];
    if (known !== undefined) return known;
    const made = await make();
    this.#known[step] = made;
    this.#writing = this.#writing.then(() => this.#save());
    await this.#writing;
    return made;
  }

  async #save(): Promise<void> {
    await writeFile(`${this.#path}.new`, JSON.stringify(this.#known));
    await rename(`${this.#path}.new`, this.#path);
  }
}

/** So many at once: steps told together must not wait for the database longer than it lets a transaction wait. */
class Turns {
  readonly #waiting: (() => void)[] = [];
  constructor(private free: number) {}

  async take(work: () => Promise<void>): Promise<void> {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.free += 1;
    }
  }
}

const turns = new Turns(3);

/** A ledger that stands still for a while on a busy machine is no reason to end a first start. */
const PATIENCE_MS = 180_000;

export class Story {
  readonly #gestures = new Map<string, Gestures>();

  constructor(
    readonly slug: "torino" | "aglie",
    /** ISTAT code. */
    readonly municipality: string,
    readonly memory: Memory,
    /** People of the story with their ids in the database. */
    private readonly people: readonly (TrialPerson & { person: string })[],
    readonly today: string,
    /** Signs for people in office, and for residents what binds them. */
    private readonly desk: SignerDesk,
  ) {}

  /** The day that lies `offset` days from today. */
  day(offset: number): string {
    return new Date(Date.parse(this.today) + offset * 86_400_000).toISOString().slice(0, 10);
  }

  /** The `index`-th of those who hold a role, acting in it. */
  official(role: Role, index = 0): Actor {
    const holders = this.people.flatMap((person) =>
      person.roles
        .filter((held) => held.role === role)
        .map(({ organisation }) => ({ ...person, organisation })),
    );
    const holder = holders[index % Math.max(1, holders.length)];
    if (!holder) throw new Error(`nobody in the story of ${this.slug} is ${role}`);
    return {
      municipality: this.municipality,
      person: holder.person,
      organisation: holder.organisation,
      role,
    };
  }

  /** Everybody who holds an office. */
  officials(): Official[] {
    return this.people.flatMap(({ id: account, person, givenName, familyName, roles: offices }) => {
      const [first] = offices;
      if (!first) return [];
      return [
        { account, person, name: `${givenName} ${familyName}`, organisation: first.organisation, offices },
      ];
    });
  }

  /** Residents without an office who are old enough to take part: the signer has a key for each. */
  residents(): { account: string; person: string; name: string }[] {
    return this.#grownResidents().map(({ id: account, person, givenName, familyName }) => ({
      ...{ account, person, name: `${givenName} ${familyName}` },
    }));
  }

  /** The `index`-th resident without an office who is old enough to take part. */
  resident(index: number): Actor {
    const residents = this.#grownResidents();
    const holder = residents[index % residents.length];
    if (!holder) throw new Error(`nobody in the story of ${this.slug} is a resident`);
    return { municipality: this.municipality, person: holder.person, organisation: "Case", role: "resident" };
  }

  #grownResidents() {
    return this.people.filter(({ roles, birthDate }) => roles.length === 0 && birthDate < "2009");
  }

  /** The command of a step: always the same, so that a step told twice happens once. */
  command(step: string): string {
    const hex = createHash("sha256").update(`${this.slug}/${step}`).digest("hex");
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  }

  /** Does a step under its command, signs what it asks people to sign, and waits until the tables show it. */
  async tell(step: string, work: (command: string) => Promise<unknown>): Promise<string> {
    const command = this.command(step);
    let toSign: readonly string[] = [];
    await turns.take(async () => {
      const known = await db.outboxItem.findUnique({ where: { id: command }, select: { status: true } });
      const acts = known ? [] : (await collectingActs(() => work(command))).acts;
      toSign = known?.status === "to_sign" ? [command] : acts.map(({ id }) => id);
    });
    await this.#sign(toSign);
    await this.#recorded(command);
    return command;
  }

  /** Waits until the tables show a step; one whose records changed while it was signed is signed as they are now. */
  async #recorded(command: string, attempts = 5): Promise<void> {
    try {
      await waitFor(db, command, { timeoutMs: PATIENCE_MS });
    } catch (error) {
      const changed =
        error instanceof NotRecordedError && error.code === ("changed_since_seen" satisfies ErrorCode);
      if (!changed || attempts === 0) throw error;
      await this.#sign([command]);
      await this.#recorded(command, attempts - 1);
    }
  }

  /** Signs acts in the name of whoever they are of. */
  async #sign(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const rows = await db.outboxItem.findMany({
      where: { id: { in: [...ids] } },
      select: { id: true, person: true },
    });
    await Promise.all(rows.map(({ id, person }) => this.#gestureOf(person).sign(id)));
  }

  #gestureOf(person: string): Gestures {
    const known = this.#gestures.get(person);
    if (known) return known;
    const made = new Gestures(this.municipality, person, this.desk);
    this.#gestures.set(person, made);
    return made;
  }

  /** Lets the chain's day go on; it never goes back, so a day already past is passed over. */
  async advanceTo(day: string): Promise<void> {
    const { municipality } = this;
    const now = await db.chainDay.findUnique({ where: { municipality_id: { municipality, id: "day" } } });
    if (now && now.day >= day) return;
    const { person, organisation } = municipalService(municipality);
    await this.tell(`day ${day}`, (command) =>
      once(command, (tx) =>
        enqueue(tx, {
          id: command,
          transaction: "municipality:advanceDay",
          input: { municipality, day },
          signer: { person, organisation, role: "service" },
          subject: { type: "day", id: "day" },
        }),
      ),
    );
  }
}
