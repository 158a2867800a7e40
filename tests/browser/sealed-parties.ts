/**
 * A sealed round in the tables of a running site, whose issuers and relay are in this process: pages and the device's
 * program are the site's own, and what the round's parties answer is made by `voting/sealed`.
 */
import { createHash, randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Page, Route } from "playwright-core";
import { Counterpart, trialToken } from "@/features/sealed-voting/testing/counterpart";
import type { Prisma } from "@/generated/prisma/client";
import { db } from "@/lib/db";
import { deviceProgram } from "@/lib/programs";
import type { RecordOf } from "@/protocol/records";
import { ballotLayout } from "@/voting/sealed/ballot-layout";
import { modulusOf } from "@/voting/sealed/blind-sign";
import { finalList, finalRoot } from "@/voting/sealed/final-list";
import { AREA, bytes, trialIssuers, trialRound } from "@/voting/sealed/testing/trial-round";

const hex = (value: Uint8Array) => Buffer.from(value).toString("hex");
const base64 = (value: Uint8Array) => Buffer.from(value).toString("base64");

export class SealedParties {
  private constructor(
    readonly counterpart: Counterpart,
    private readonly municipality: string,
    /** Path of the round's page in Italian, and in English. */
    readonly paths: { readonly it: string; readonly en: string },
  ) {}

  /** Puts the round beside the open one of the trial, with its projects. */
  static async begin(municipality: string, slugOfTown: string): Promise<SealedParties> {
    const model = await db.chainRound.findFirstOrThrow({
      where: { municipality, state: "open", ballotKind: "open" },
    });
    const words = await db.round.findUniqueOrThrow({
      where: { municipality_id: { municipality, id: model.id } },
    });
    const { draw: _, ...record } = model.record as unknown as RecordOf<"round">;
    const id = randomUUID();
    const slug = `segreta-${id.slice(0, 8)}`;
    const round = await trialRound(
      ballotLayout({ type: record.ballot.type, maxChoices: record.ballot.most }, record.projects.length),
    );
    const counterpart = new Counterpart(round, trialIssuers(), id);
    const parameters = await counterpart.parameters();
    const { rule, ...rest } = words;
    await db.round.create({
      data: { ...rest, rule: rule as Prisma.InputJsonValue, id, slug, title: "Votazione segreta di prova" },
    });
    await db.chainRound.create({
      data: {
        ...model,
        ...{ id, ballotKind: "sealed", frozenDigest: parameters.digest },
        record: { ...record, id, ballotKind: "sealed", frozenDigest: parameters.digest },
      },
    });
    const sealing: RecordOf<"sealing"> = {
      ...{ municipality, id, call: model.call, state: "frozen" },
      areas: [
        {
          ...{ number: AREA, size: model.rollSize },
          districts: [{ id: "all", size: model.rollSize, root: hex(bytes("roll")) }],
        },
      ],
      ...{ leastPlaces: 1, groupSize: 20, graceMinutes: 60, publishDays: 7, noticeHours: 0 },
      bundle: createHash("sha256")
        .update(await readFile(deviceProgram))
        .digest("hex"),
      announcedBy: { organisation: "Comune", person: "person-1" },
      announcedOn: "2026-11-01",
      ties: [],
      services: { relay: parameters.relay, copyKeeper: parameters.copyKeeper, opener: parameters.opener },
      trustees: (["Comune", "Case", "Garanti"] as const).map((organisation, index) => ({
        ...{ organisation, person: `person-${index}`, key: parameters.trustees[index] as string },
      })),
      released: [],
    };
    await db.chainSealing.create({
      data: {
        ...{ municipality, id, call: model.call, state: "frozen", announcedOn: "2026-11-01" },
        ...{ record: sealing as unknown as Prisma.InputJsonValue, transactionId: model.transactionId },
        block: model.block,
      },
    });
    const keys = counterpart.issuers.secrets.map((secret, index) => ({
      ...{ issuer: index === 3 ? 1 : index + 1, area: index === 3 ? 0 : AREA },
      modulus: base64(modulusOf(secret)),
    }));
    await db.chainIssuerKey.createMany({
      data: keys.map((key) => ({
        ...key,
        ...{ municipality, round: id, id: `${id}/${key.issuer}/${key.area}` },
        ...{ record: key, transactionId: model.transactionId, block: model.block },
      })),
    });
    const paths = { it: `/${slugOfTown}/votazioni/${slug}`, en: `/en/${slugOfTown}/rounds/${slug}` };
    return new SealedParties(counterpart, municipality, paths);
  }

  /** Answers for the parties to a page, and signs its visitor in as somebody. */
  async answer(page: Page, person: string): Promise<void> {
    // A page's service worker would send the sign-in itself, past the route.
    await page.addInitScript(() => {
      Reflect.deleteProperty(Navigator.prototype, "serviceWorker");
    });
    await page.route(/\/sealed\/(issuer|relay)\//, (route) => this.#answer(route, person));
  }

  /** A Casa receives people who cannot sign in. */
  async openDesk(): Promise<void> {
    const { municipality, counterpart } = this;
    const { id: station } = await db.house.findFirstOrThrow({ where: { municipality } });
    const takes = { organisation: "Comune", person: "person-1" } as const;
    const record: RecordOf<"station"> = {
      ...{ municipality, round: counterpart.id, id: station, state: "open" },
      ...{ delivered: [{ area: AREA, sheets: 20 }], openedBy: takes, openedOn: "2026-11-02" },
    };
    await db.chainStation.createMany({
      skipDuplicates: true,
      data: {
        ...{
          municipality,
          round: counterpart.id,
          id: `${counterpart.id}/${station}`,
          station,
          state: "open",
        },
        ...{
          record: record as unknown as Prisma.InputJsonValue,
          transactionId: hex(bytes("station")),
          block: 1n,
        },
      },
    });
  }

  /** Everything that waits is recorded on the ledger, as the site then reads it. */
  async record(): Promise<void> {
    await this.counterpart.record();
    const { id } = this.counterpart;
    await db.chainSealedBallot.createMany({
      skipDuplicates: true,
      data: this.counterpart.recorded.map(({ area, voter, seq, digest }) => ({
        ...{ municipality: this.municipality, round: id, area, key: hex(voter), seq, digest: hex(digest) },
        ...{ id: `${id}/${area}/${hex(voter)}/${seq}`, record: {}, transactionId: hex(digest), block: 1n },
      })),
    });
  }

  /** The reception is over, the list is closed, envelopes are published and two trustees have released their keys. */
  async close(): Promise<void> {
    const { counterpart, municipality } = this;
    const where = { municipality_id: { municipality, id: counterpart.id } };
    counterpart.closed = true;
    const row = await db.chainSealing.findUniqueOrThrow({ where });
    const last = new Map(counterpart.recorded.map((ballot) => [hex(ballot.voter), ballot]));
    await db.chainSealedEnvelope.createMany({
      data: [...last.values()].map(({ area, voter, seq, envelope }) => ({
        ...{ municipality, round: counterpart.id, area, key: hex(voter), seq, block: 1n },
        ...{ id: `${counterpart.id}/${area}/${hex(voter)}`, record: { envelope: base64(envelope) } },
        transactionId: hex(bytes("published")),
      })),
    });
    const count = last.size;
    const sealing: RecordOf<"sealing"> = {
      ...(row.record as unknown as RecordOf<"sealing">),
      state: "released",
      list: {
        root: hex(finalRoot(counterpart.round, finalList(counterpart.recorded))),
        ...{ count, superseded: counterpart.recorded.length - count, on: "2026-11-30" },
        areas: [{ number: AREA, ballots: count, opened: true }],
      },
      publication: { published: count, missing: 0, on: "2026-11-30" },
      released: counterpart.round.trusteeSecrets.slice(0, 2).map(({ trustee, secret }) => ({
        organisation: (["Comune", "Case", "Garanti"] as const)[trustee - 1] as "Comune",
        ...{ person: `person-${trustee}`, secret: hex(secret), on: "2026-11-30" },
      })),
    };
    await db.chainSealing.update({
      where,
      data: { state: "released", record: sealing as unknown as Prisma.InputJsonValue },
    });
    await db.chainRound.update({ where, data: { state: "closed" } });
  }

  async #answer(route: Route, person: string): Promise<void> {
    const request = route.request();
    const url = new URL(request.url());
    if (url.pathname.endsWith("/v1/sign-in")) {
      const token = trialToken(person, url.searchParams.get("nonce") ?? "");
      const location = `${url.searchParams.get("return")}#${new URLSearchParams({ token, userinfo: "a.b.c" })}`;
      await route.fulfill({ status: 303, headers: { location } });
      return;
    }
    const body = request.postDataBuffer();
    const isOctets = request.headers()["content-type"] === "application/octet-stream";
    const answer = await this.counterpart.fetch(url.pathname, {
      method: request.method(),
      ...(body && { body: isOctets ? new Uint8Array(body) : body.toString() }),
    });
    await route.fulfill({
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: Buffer.from(await answer.arrayBuffer()),
    });
  }
}
