/**
 * Issuers, relay, copy-keeper and opener as they run, over their sockets and on a ledger with this chaincode: from the
 * announcement to the outcome, with parts that are ended in between.
 */
import "reflect-metadata";
import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { people, torino } from "@/chaincode/testing/people";
import { hex, publicKeys } from "@/chaincode/testing/sealed-election";
import { announcement, id, released, sealedFreeze, trustees } from "@/chaincode/testing/sealed-story";
import { withAdmitted } from "@/chaincode/testing/story";
import { countSealed } from "@/features/rounds/sealed-counting";
import { PartClient } from "@/lib/part-client";
import type { RecordOf, RecordType } from "@/protocol/records";
import { startCopyKeeper } from "@/services/copy-keeper/start";
import type { EnrolmentAnswer, EnrolmentForm } from "@/services/issuer/issuer";
import { startIssuer } from "@/services/issuer/start";
import { startOpener } from "@/services/opener/start";
import { startRelay } from "@/services/relay/start";
import { base64 } from "@/services/sealed/forms";
import { LateLedger } from "@/services/sealed/late-ledger";
import {
  issuerName,
  type OrganisationName,
  organisationNames,
  organisations,
} from "@/services/sealed/organisations";
import type { RunningPart } from "@/services/sealed/part";
import type { FrozenRound } from "@/services/sealed/round-view";
import {
  fiscalHashOf,
  fiscalNumberKey,
  fiscalNumberOf,
  type TrialProvider,
  trialProvider,
} from "@/services/sealed/testing/trial-provider";
import { Device, type Surroundings } from "@/services/sealed/testing/trial-round";
import { encodeRoll, personOf, rollRoot } from "@/voting/sealed/roll";
import { LedgerCity } from "./ledger-city";

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const sizes = { "1": 20, "2": 20 };
let clock = Date.parse("2026-02-02T11:00:00Z");
const now = () => clock;
let city: LedgerCity;
let folder: string;
let web: Server;
let provider: TrialProvider;
let view: FrozenRound;
const running = new Map<string, { part: RunningPart; ledger: LateLedger }>();
const secretOf = new Map<string, string>();
const socket = (name: string) => join(folder, `${name}.sock`);

async function start(
  name: string,
  org: OrganisationName,
  role: "registrar" | "casting_service",
): Promise<void> {
  const { organisation, number } = organisations[org];
  const secret = secretOf.get(name) ?? randomBytes(32).toString("hex");
  secretOf.set(name, secret);
  const ledger = new LateLedger({
    connectionFile: join(folder, "connection.json"),
    folder: join(folder, name, "certificates"),
    ...{ secret, organisation, role, person: `service-${name}`, announced: join(folder, "announced") },
  });
  const options = { folder: join(folder, name), secret, listen: socket(name), ledger, now, pauseMs: 200 };
  const part =
    name === "relay"
      ? await startRelay({ ...options, copyKeeper: socket("copy-keeper"), opener: socket("opener") })
      : name === "copy-keeper"
        ? await startCopyKeeper(options)
        : name === "opener"
          ? await startOpener(options)
          : await startIssuer({
              ...{ ...options, number, provider: provider.provider.issuer, rolls: join(folder, "rolls") },
              fiscalNumberKey: Buffer.from(fiscalNumberKey).toString("hex"),
              address: `http://localhost/sealed/issuer/${number}`,
              ...{ acrValues: "", origins: [], mailbox: true },
            });
  running.set(name, { part, ledger });
}

async function stop(name: string): Promise<void> {
  const found = running.get(name);
  running.delete(name);
  await found?.part.close();
  await found?.ledger.close();
}

async function startAll(): Promise<void> {
  for (const org of organisationNames) await start(issuerName(org), org, "registrar");
  for (const org of organisationNames) await start(organisations[org].service, org, "casting_service");
}

async function until(holds: () => Promise<boolean>, what: string): Promise<void> {
  for (let n = 0; n < 200; n++, await new Promise((next) => setTimeout(next, 200))) if (await holds()) return;
  throw new Error(`${what} did not come about`);
}

async function all<T extends RecordType>(type: T): Promise<RecordOf<T>[]> {
  const question = { municipality: torino, type, prefix: [id], pageSize: 500, bookmark: "" };
  return ((await city.ask(people.service, "records:list", question)) as { records: RecordOf<T>[] }).records;
}

const around: Surroundings = {
  provider: { signIn: (...claims) => provider.signIn(...claims) },
  frozen: () => view,
  ask: () => async (issuer, form) => {
    const name = issuerName(organisationNames[issuer - 1] as OrganisationName);
    return (await new PartClient(socket(name)).json(
      "POST",
      "/v1/enrolments",
      jsonOf(form),
    )) as EnrolmentAnswer;
  },
};

function jsonOf(form: EnrolmentForm) {
  const blinded = form.blinded === "" ? "" : base64(form.blinded);
  return { ...form, ek: hex(form.ek), blinded, signature: hex(form.signature) };
}

beforeAll(async () => {
  city = await LedgerCity.founded();
  folder = await mkdtemp(join(tmpdir(), "cocity-parts-"));
  await writeFile(join(folder, "connection.json"), JSON.stringify(city.connection));
  web = createServer((request, response) => {
    const origin = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
    const isKeys = request.url === "/keys";
    response.end(JSON.stringify(isKeys ? provider.keySet : { issuer: origin, jwks_uri: `${origin}/keys` }));
  });
  await new Promise<void>((resolve) => web.listen(0, "127.0.0.1", resolve));
  provider = await trialProvider(now, `http://127.0.0.1:${(web.address() as AddressInfo).port}`);
  await startAll();
});
afterAll(async () => {
  for (const name of [...running.keys()]) await stop(name);
  web?.close();
  await city?.close();
  await rm(folder, { recursive: true, force: true });
});

test("parts offer their keys to an announced round and draw, and it is frozen", async () => {
  await withAdmitted(city, ["garden", "library"]);
  let person = 0;
  const places = Object.entries(sizes).flatMap(([area, size]) =>
    Array.from({ length: size }, () => ({
      area,
      fiscalHash: fiscalHashOf(fiscalNumberOf(person++)),
      salt: randomBytes(32).toString("hex"),
    })),
  );
  const areas = Object.entries(sizes).map(([area, size]) => ({
    ...{ id: area, size },
    root: rollRoot(places.filter((place) => place.area === area).map((place) => personOf(id, place))),
  }));
  for (const name of ["rolls", "announced"]) await mkdir(join(folder, name));
  await writeFile(join(folder, "rolls", `${id}.csv`), encodeRoll(places));
  await city.submit(people.officer, "sealed:announce", announcement({ areas, leastPlaces: 5 }));
  await writeFile(join(folder, "announced", `${torino}.${id}`), "");
  const sealing = () => city.record("sealing", id);
  await until(
    async () => (await sealing()).ties.every(({ reveal }) => reveal) && (await sealing()).ties.length === 3,
    "the draw",
  );
  await until(async () => Object.keys((await sealing()).services).length === 3, "keys of services");
  expect(await all("issuer_key")).toHaveLength(7);
  for (const [index, trustee] of trustees.entries())
    await city.submit(trustee, "sealed:offerTrusteeKey", {
      ...{ round: id, key: hex(publicKeys.trustees[index] as Uint8Array) },
    });
  await city.submit(people.officer, "rounds:freeze", await sealedFreeze(city));
  await city.submit(people.officer, "rounds:open", { id });
  clock = Date.parse("2026-02-02T12:00:00Z");
  const { viewOf } = await import("@/services/sealed/view-of-records");
  view = viewOf(await sealing(), await city.record("round", id), await all("issuer_key")) as FrozenRound;
});

test("people enrol, vote, some again, while parts end and start: every receipt is kept", async () => {
  const devices: Device[] = [];
  const receipts: unknown[] = [];
  const post = async (device: Device, choices: string[]) => {
    const bytes = await device.post(choices);
    for (let attempt = 0; ; attempt++) {
      try {
        receipts.push(await new PartClient(socket("relay")).ask("POST", `/v1/rounds/${id}/posts`, bytes));
        return;
      } catch (error) {
        if (attempt === 50) throw error;
        await new Promise((next) => setTimeout(next, 200));
      }
    }
  };
  for (let person = 0; person < 34; person++) {
    const device = new Device(around, person);
    await device.enrol();
    devices.push(device);
    await post(device, ["1"]);
    if (person === 12) {
      await stop("opener");
      await start("opener", "garanti", "casting_service");
    }
    if (person === 25) {
      await stop("relay");
      await start("relay", "comune", "casting_service");
    }
  }
  await until(async () => (await all("sealed_ballot")).length >= 30, "groups on the ledger");
  for (const device of devices.slice(0, 5)) await post(device, ["2"]);
  expect(receipts).toHaveLength(39);
  // The time is over.
  clock = view.frozen.closesAt.getTime() + 60_000;
  await city.advanceTo("2026-02-11");
  await until(async () => (await all("sealed_ballot")).length === 39, "all ballots on the ledger");
  await until(
    async () => (await city.record("sealing", id)).reception !== undefined,
    "the end of the reception",
  );
  expect((await city.record("sealing", id)).reception).toMatchObject({ count: 39 });
});

test("after the closing ballots are listed, purged and published by the opener alone, also by one that was ended", async () => {
  await city.submit(people.service, "rounds:close", { id });
  await stop("opener");
  await start("opener", "garanti", "casting_service");
  await until(async () => (await city.record("sealing", id)).publication !== undefined, "the publication");
  const sealing = await city.record("sealing", id);
  expect(sealing.list).toMatchObject({ count: 34, superseded: 5 });
  expect(sealing.publication).toMatchObject({ published: 34, missing: 0 });
});

test("two trustees' keys open what was voted", async () => {
  for (const index of [0, 2]) await city.submit(trustees[index] as never, "sealed:release", released(index));
  const { outcome, voided } = await countSealed(await city.record("round", id), {
    ...{ sealing: await city.record("sealing", id) },
    ...{ recorded: await all("sealed_ballot"), envelopes: await all("sealed_envelope") },
  });
  expect(voided).toEqual([]);
  expect(outcome.ballots).toBe(34);
  expect(outcome.votes).toEqual([
    { number: 1, votes: 29 },
    { number: 2, votes: 5 },
  ]);
});
