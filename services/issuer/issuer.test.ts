import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { deskCode } from "@/voting/sealed/desk-code";
import { RHO_ENTRY } from "@/voting/sealed/rho-list";
import { credentialVoucher, paperVoucher } from "@/voting/sealed/vouchers";
import type { VouchedFor } from "../sealed/ledger";
import { fiscalHashOf, fiscalNumberOf } from "../sealed/testing/trial-provider";
import { Device, ROUND, type RunningIssuer, TrialSealedRound } from "../sealed/testing/trial-round";
import { LEAST_IN_BUCKET } from "./rho-list";

let trial: TrialSealedRound;
let clock = Date.parse("2026-06-01T10:00:00Z");
const now = () => clock;
let person = 0;
const issuerOf = (number: 1 | 2 | 3) => trial.issuers[number - 1] as RunningIssuer;
const refused = (code: string) => expect.objectContaining({ code });

beforeAll(async () => {
  trial = await TrialSealedRound.announce({ areas: { a: 40, b: 30 }, now });
  await trial.freeze(new Date("2026-07-01T10:00:00Z"));
});
afterAll(() => trial.close());
beforeEach(() => {
  clock += 6000;
  person += 1;
});

test("offers a key for each area, one for posting with the first issuer, and its draw, each once", () => {
  const areas = (issuer: number) =>
    trial
      .view()
      .issuerKeys.filter((key) => key.issuer === issuer)
      .map(({ area }) => area)
      .sort();
  expect([1, 2, 3].map(areas)).toEqual([
    [0, 1, 2],
    [1, 2],
    [1, 2],
  ]);
  expect(trial.view().ties).toEqual([1, 2, 3].map((issuer) => ({ issuer, committed: true, revealed: true })));
});

test("a person gets what a ballot needs from all three, and the same again when the answer was lost", async () => {
  const seed = new Uint8Array(randomBytes(16));
  const device = new Device(trial, person, seed);
  await device.enrol();
  const again = new Device(trial, person, seed);
  await again.enrol();
  expect(again.credentials).toEqual(device.credentials);
  expect(again.postingCredential).toEqual(device.postingCredential);
});

test("nobody gets a second credential with other words", async () => {
  await new Device(trial, person).enrol();
  await expect(new Device(trial, person).enrol()).rejects.toEqual(refused("other_key"));
});

test("a second message of the same key is refused after the first", async () => {
  const device = new Device(trial, person);
  await device.enrol();
  const blinded = new Uint8Array(384).fill(5);
  const form = await device.request(2, "credential", { area: device.area, blinded });
  await expect(issuerOf(2).issuer.enrol(form, "a")).rejects.toEqual(refused("already_issued"));
});

test("whoever began and lost the words before anything was issued begins anew", async () => {
  const first = new Device(trial, person);
  await issuerOf(1).issuer.enrol(await first.request(1, "rho"), "a");
  await new Device(trial, person).enrol();
  await expect(issuerOf(1).issuer.enrol(await first.request(1, "rho"), "a")).rejects.toEqual(
    refused("other_key"),
  );
});

describe("refuses", () => {
  const wrong = async (
    code: string,
    token: Parameters<TrialSealedRound["provider"]["signIn"]>[3],
    userinfo?: Parameters<TrialSealedRound["provider"]["signIn"]>[4],
    who = person,
  ) => {
    const device = new Device(trial, who);
    const freeze = trial.frozen().frozen.digest;
    const signIn = await trial.provider.signIn(who, freeze, await device.enrolmentKey(), token, userinfo);
    const form = await device.request(1, "rho", { signIn });
    await expect(issuerOf(1).issuer.enrol(form, "a")).rejects.toEqual(refused(code));
  };

  test("a token for another audience, or for a second one beside it", async () => {
    await wrong("bad_token", { audience: "cocity" });
    await wrong("bad_token", { audience: ["voting-credential", "cocity"] });
  });
  test("a token of another provider", () => wrong("bad_token", { issuer: "https://other.invalid" }));
  test("a sign-in of a lower level", () => wrong("low_level", { level: "https://www.spid.gov.it/SpidL1" }));
  test("a nonce of another key or round", () => wrong("other_round", { nonce: "x".repeat(43) }));
  test("a token that is too old", () => wrong("old_token", { signedAt: clock - 20 * 60_000 }));
  test("UserInfo of somebody else", () => wrong("bad_userinfo", {}, { sub: "person-0" }));
  test("UserInfo for another audience", () => wrong("bad_userinfo", {}, { audience: "cocity" }));
  test("who is not on the roll", () => wrong("not_on_roll", {}, {}, 900));

  test("a token signed by nobody", async () => {
    const device = new Device(trial, person);
    const right = await trial.provider.signIn(
      person,
      trial.frozen().frozen.digest,
      await device.enrolmentKey(),
    );
    const [head, body] = right.token.split(".");
    const none = `${Buffer.from('{"alg":"none"}').toString("base64url")}.${body}.`;
    for (const token of [none, `${head}.${body}.AAAA`, "x"]) {
      const signIn = { token, userinfo: right.userinfo };
      await expect(issuerOf(1).issuer.enrol(await device.request(1, "rho", { signIn }), "a")).rejects.toEqual(
        refused("bad_token"),
      );
    }
  });

  test("a request that another issuer was sent", async () => {
    const form = await new Device(trial, person).request(2, "rho");
    await expect(issuerOf(1).issuer.enrol(form, "a")).rejects.toEqual(refused("bad_signature"));
  });

  test("a credential for another area", async () => {
    const device = new Device(trial, person);
    await device.enrol();
    const other = device.area === 1 ? 2 : 1;
    const form = await device.request(3, "credential", { area: other, blinded: new Uint8Array(384).fill(3) });
    await expect(issuerOf(3).issuer.enrol(form, "a")).rejects.toEqual(refused("other_area"));
  });

  test("a posting key from another issuer than the first", async () => {
    const form = await new Device(trial, person).request(2, "posting", {
      blinded: new Uint8Array(384).fill(3),
    });
    await expect(issuerOf(2).issuer.enrol(form, "a")).rejects.toEqual(refused("other_issuer"));
  });

  test("a number that is not below the modulus, and takes nothing back of what it noted", async () => {
    const device = new Device(trial, person);
    await issuerOf(1).issuer.enrol(await device.request(1, "rho"), "a");
    const form = await device.request(1, "posting", { blinded: new Uint8Array(384).fill(255) });
    await expect(issuerOf(1).issuer.enrol(form, "a")).rejects.toEqual(refused("malformed"));
    await device.enrol();
  });

  test("somebody who asks too often, and an address that does", async () => {
    const device = new Device(trial, person);
    const form = await device.request(1, "rho");
    for (let n = 0; n < 60; n++) await issuerOf(1).issuer.enrol(form, "b");
    await expect(issuerOf(1).issuer.enrol(form, "b")).rejects.toEqual(refused("too_often"));
    for (let n = 0; n < 700; n++) {
      try {
        issuerOf(2).issuer.countAddress("c");
      } catch {
        break;
      }
    }
    await expect(issuerOf(2).issuer.enrol(await device.request(2, "rho"), "c")).rejects.toEqual(
      refused("too_often"),
    );
    await issuerOf(2).issuer.enrol(await device.request(2, "rho"), "d");
  });

  test("everything after the end of the reception", async () => {
    const before = clock;
    clock = Date.parse("2026-07-01T10:00:00Z");
    const form = await new Device(trial, person).request(1, "rho");
    await expect(issuerOf(1).issuer.enrol(form, "a")).rejects.toEqual(refused("ended"));
    clock = before;
  });
});

describe("paper", () => {
  const placeOf = async (device: Device) => {
    await issuerOf(2).issuer.enrol(await device.request(2, "rho"), "a");
    const row = issuerOf(2)
      .store.prepare("SELECT person, area FROM enrolment WHERE enrolment_key = ?")
      .get(await device.enrolmentKey());
    return row as { person: Uint8Array; area: number };
  };

  test("who votes on paper gets no credential", async () => {
    const device = new Device(trial, person);
    issuerOf(2).issuer.enrolments.markPaper(ROUND, await placeOf(device));
    await expect(device.enrol()).rejects.toEqual(refused("paper"));
  });

  test("who has a credential gets no paper", async () => {
    const device = new Device(trial, person);
    const place = await placeOf(device);
    await device.enrol();
    expect(() => issuerOf(2).issuer.enrolments.markPaper(ROUND, place)).toThrow(refused("already_issued"));
  });

  describe("at a desk", () => {
    const atDesk = (issuer: 1 | 2 | 3, who = person) => {
      const fiscalHash = new Uint8Array(Buffer.from(fiscalHashOf(fiscalNumberOf(who)), "hex"));
      return issuerOf(issuer).issuer.markPaper({ round: ROUND, fiscalHash }, "desk");
    };
    const vouch = async (changes: Partial<VouchedFor> = {}) => {
      const { person: place, area } = await placeOf(new Device(trial, person));
      const voucher = paperVoucher(trial.frozen().frozen.digest, place);
      const name = Buffer.from(voucher).toString("hex");
      trial.ledger.vouchers.set(name, { area, purpose: "paper", ...changes });
    };

    test("somebody vouched for is marked, as often as it is asked, and gets no credential", async () => {
      await vouch();
      for (const issuer of [1, 2, 3, 3] as const) await atDesk(issuer);
      await expect(new Device(trial, person).enrol()).rejects.toEqual(refused("paper"));
    });

    test("nobody is marked for whom two organisations do not vouch, for paper and in the area", async () => {
      await expect(atDesk(1)).rejects.toEqual(refused("not_vouched"));
      await vouch({ purpose: "credential" });
      await expect(atDesk(1)).rejects.toEqual(refused("not_vouched"));
      await vouch({ area: 9 });
      await expect(atDesk(1)).rejects.toEqual(refused("not_vouched"));
      await new Device(trial, person).enrol();
    });

    test("who is on no roll is marked nowhere", async () => {
      await expect(atDesk(2, 900)).rejects.toEqual(refused("not_on_roll"));
    });

    test("a person whom one issuer left waiting is marked by it alone, and never gets its signature", async () => {
      const device = new Device(trial, person);
      const ask = trial.ask(person);
      const silent: typeof ask = (issuer, form) => {
        if (issuer === 3 && form.purpose === "credential") throw new Error("no answer");
        return ask(issuer, form);
      };
      await vouch();
      await expect(device.enrol(silent)).rejects.toThrow("no answer");
      await expect(atDesk(1)).rejects.toEqual(refused("already_issued"));
      await expect(atDesk(2)).rejects.toEqual(refused("already_issued"));
      await atDesk(3);
      await expect(device.enrol()).rejects.toEqual(refused("paper"));
    });

    test("while the ledger is away nobody is marked", async () => {
      await vouch();
      trial.ledger.isAway = true;
      try {
        await expect(atDesk(1)).rejects.toEqual(refused("ledger_away"));
      } finally {
        trial.ledger.isAway = false;
      }
      await atDesk(1);
    });
  });
});

describe("a credential at a desk", () => {
  const atDesk = (who = person) => {
    const device = new Device(trial, who);
    device.isAtDesk = true;
    return device;
  };
  const vouchFor = async (device: Device, changes: Partial<VouchedFor> = {}) => {
    const fiscalHash = new Uint8Array(Buffer.from(fiscalHashOf(fiscalNumberOf(device.person)), "hex"));
    const place = issuerOf(1).issuer.roll.find(ROUND, fiscalHash);
    const freeze = trial.frozen().frozen.digest;
    const code = deskCode(freeze, await device.enrolmentKey());
    const voucher = credentialVoucher(freeze, place?.person ?? new Uint8Array(32), code);
    const vouched = { area: place?.area ?? 0, purpose: "credential", ...changes } as const;
    trial.ledger.vouchers.set(Buffer.from(voucher).toString("hex"), vouched);
  };

  test("whom two organisations vouch for gets all three signatures without a sign-in", async () => {
    const device = atDesk();
    await vouchFor(device);
    await device.enrol();
    expect(device.credentials).toHaveLength(3);
  });

  test("nobody gets one for whom they do not vouch, in another area, or for paper", async () => {
    await expect(atDesk().enrol()).rejects.toEqual(refused("not_vouched"));
    for (const changes of [{ area: 9 }, { purpose: "paper" }] as const) {
      const device = atDesk();
      await vouchFor(device, changes);
      await expect(device.enrol()).rejects.toEqual(refused("not_vouched"));
    }
  });

  test("another device with the same fiscal number gets nothing: the voucher is this device's", async () => {
    await vouchFor(atDesk());
    await expect(atDesk().enrol()).rejects.toEqual(refused("not_vouched"));
  });

  test("the voucher of one person is no other's on the same device", async () => {
    const seed = new Uint8Array(randomBytes(16));
    await vouchFor(new Device(trial, person, seed));
    const other = new Device(trial, person + 1, seed);
    other.isAtDesk = true;
    await expect(other.enrol()).rejects.toEqual(refused("not_vouched"));
  });

  test("a request for one person is not another's, also where both are vouched for", async () => {
    const seed = new Uint8Array(randomBytes(16));
    const [one, other] = [new Device(trial, person, seed), new Device(trial, person + 1, seed)];
    person += 1;
    for (const device of [one, other]) {
      device.isAtDesk = true;
      await vouchFor(device);
    }
    const form = await one.request(1, "rho");
    const passedOn = { ...form, fiscalNumber: fiscalNumberOf(other.person) } as typeof form;
    await expect(issuerOf(1).issuer.enrol(passedOn, "a")).rejects.toEqual(refused("bad_signature"));
  });

  test("who is on no roll is refused like anybody who is not vouched for", async () => {
    await expect(atDesk(900).enrol()).rejects.toEqual(refused("not_vouched"));
    const vouched = atDesk(901);
    await vouchFor(vouched);
    await expect(vouched.enrol()).rejects.toEqual(refused("not_vouched"));
  });

  test("one a person: neither after a sign-in, nor before one, nor beside paper", async () => {
    await new Device(trial, person).enrol();
    const second = atDesk();
    await vouchFor(second);
    await expect(second.enrol()).rejects.toEqual(refused("other_key"));
    person += 1;
    const first = atDesk();
    await vouchFor(first);
    await first.enrol();
    await expect(new Device(trial, person).enrol()).rejects.toEqual(refused("other_key"));
    person += 1;
    const onPaper = atDesk();
    await vouchFor(onPaper);
    const fiscalHash = new Uint8Array(Buffer.from(fiscalHashOf(fiscalNumberOf(person)), "hex"));
    const place = issuerOf(3).issuer.roll.find(ROUND, fiscalHash);
    issuerOf(3).issuer.enrolments.markPaper(ROUND, place as NonNullable<typeof place>);
    await expect(onPaper.enrol()).rejects.toEqual(refused("paper"));
  });

  test("while the ledger is away it is said, and nothing is lost", async () => {
    const device = atDesk();
    await vouchFor(device);
    trial.ledger.isAway = true;
    try {
      await expect(device.enrol()).rejects.toEqual(refused("ledger_away"));
    } finally {
      trial.ledger.isAway = false;
    }
    await device.enrol();
  });
});

describe("notices", () => {
  test("each issuer writes to the attested address, once, with a way to object", async () => {
    const device = new Device(trial, person);
    await device.enrol();
    for (const { issuer } of trial.issuers) {
      const notices = issuer.notices.of(`person${person}@example.org`);
      expect(notices).toHaveLength(1);
      expect(notices[0]?.text).toMatch(/\/objections\/[A-Za-z0-9_-]{32}\n/);
    }
  });

  test("an objection stops what was not issued and is counted where it was", async () => {
    const waiting = await TrialSealedRound.announce({ areas: { a: 12 }, noticeHours: 24, now });
    await waiting.freeze(new Date("2026-07-01T10:00:00Z"));
    clock += 6000;
    const { issuer } = waiting.issuers[0] as RunningIssuer;
    const device = new Device(waiting, 1);
    await expect(device.enrol()).rejects.toThrow("not signed yet");
    const [notice] = issuer.notices.of("person1@example.org");
    const token = new Uint8Array(
      Buffer.from(/objections\/(\S+)/.exec(notice?.text ?? "")?.[1] ?? "", "base64url"),
    );
    expect(issuer.enrolments.object(new Uint8Array(24), clock)).toBeUndefined();
    expect(issuer.enrolments.object(token, clock)).toBe("before");
    await expect(device.enrol()).rejects.toEqual(refused("objected"));
    // Another person waits, and gets the credential once the time has passed.
    const other = new Device(waiting, 2);
    await expect(other.enrol()).rejects.toThrow("not signed yet");
    const before = clock;
    clock += 25 * 3_600_000;
    await other.enrol();
    const [late] = issuer.notices.of("person2@example.org");
    const lateToken = Buffer.from(/objections\/(\S+)/.exec(late?.text ?? "")?.[1] ?? "", "base64url");
    expect(issuer.enrolments.object(new Uint8Array(lateToken), clock)).toBe("after");
    clock = before;
    await waiting.close();
  });
});

describe("an issuer that lost its disk", () => {
  test("signs nothing with other keys than those that are frozen", async () => {
    const empty = trial.startIssuer(3, `${trial.folder}/issuer-3-new`);
    const device = new Device(trial, person);
    await expect(empty.issuer.enrol(await device.request(3, "rho"), "a")).rejects.toEqual(refused("no_roll"));
    empty.issuer.roll.import(trial.view(), trial.rollText());
    await empty.duties.work();
    const blinded = new Uint8Array(384).fill(5);
    const answer = await empty.issuer.enrol(await device.request(3, "rho"), "a");
    const form = await device.request(3, "credential", { area: (answer as { area: number }).area, blinded });
    await expect(empty.issuer.enrol(form, "a")).rejects.toEqual(refused("no_key"));
    // Its ρ and its draw come from the secret of its environment: those it still has.
    expect(empty.keys.rhoSecret(ROUND)).toEqual(issuerOf(3).keys.rhoSecret(ROUND));
    expect(empty.keys.tieNumber(ROUND)).toEqual(issuerOf(3).keys.tieNumber(ROUND));
    empty.store.close();
  });

  test("opens no key under another secret", () => {
    const wrong = trial.startIssuer(2, issuerOf(2).folder, "e".repeat(64));
    expect(() => wrong.keys.signer(ROUND, 1)).toThrow("under another secret");
    wrong.store.close();
  });
});

test("refuses a roll that is not the announced one", () => {
  const empty = trial.startIssuer(1, `${trial.folder}/issuer-1-new`);
  const lines = trial.rollText().split("\n");
  const wrong = [
    lines.filter((_, at) => at !== 3),
    lines.map((line, at) => (at === 3 ? line.replace(/^a/, "b") : line)),
    lines.map((line, at) => (at === 3 ? line.replace(/^a/, "c") : line)),
    lines.map((line, at) => (at === 3 ? line.replace(/.$/, (last) => (last === "0" ? "1" : "0")) : line)),
  ];
  for (const one of wrong)
    expect(() => empty.issuer.roll.import(trial.view(), one.join("\n"))).toThrow(/not the announced one/);
  expect(empty.issuer.roll.has(ROUND)).toBe(false);
  empty.store.close();
});

test("reports counts in steps once a day, with a root and nobody's name", async () => {
  const reports = () => trial.ledger.log.filter(({ transaction }) => transaction === "sealed:reportIssued");
  trial.ledger.log.length = 0;
  for (const { duties } of trial.issuers) await duties.work();
  expect(reports()).toHaveLength(3);
  for (const { duties } of trial.issuers) await duties.work();
  expect(reports()).toHaveLength(3);
  for (const { input } of reports()) {
    expect(Object.keys(input).sort()).toEqual(
      ["municipality", "round", "day", "issued", "refused", "waiting", "paper", "root"].sort(),
    );
    for (const { count } of input.issued as { count: number }[]) expect(count % 20).toBe(0);
  }
});

describe("the list of ρ", () => {
  const entry = (first: number) =>
    new Uint8Array(Buffer.concat([Buffer.from([first]), randomBytes(RHO_ENTRY - 1)]));

  test("keeps an entry, and lets nobody overwrite it", () => {
    const { rhos } = issuerOf(3).issuer;
    const one = entry(1);
    rhos.add("list", one, 100);
    rhos.add("list", one, 100);
    expect(rhos.bucket("list", 0)).toEqual(one);
    expect(() => rhos.add("list", one.with(20, 1 ^ (one[20] as number)), 100)).toThrow(
      refused("entry_taken"),
    );
    expect(() => rhos.add("list", entry(2), 1)).toThrow(refused("list_full"));
  });

  test("comes in large buckets that together are all of it", () => {
    const { rhos } = issuerOf(3).issuer;
    const { store } = issuerOf(3);
    store.exec("BEGIN");
    for (let n = 0; n < 1500; n++) rhos.add("large", entry(n % 256), 10_000);
    store.exec("COMMIT");
    const buckets = 2 ** rhos.bits("large");
    expect(buckets).toBeGreaterThan(1);
    const sizes = Array.from({ length: buckets }, (_, at) => rhos.bucket("large", at).length / RHO_ENTRY);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(1500);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(LEAST_IN_BUCKET);
    expect(() => rhos.bucket("large", buckets)).toThrow(refused("not_found"));
  });
});
