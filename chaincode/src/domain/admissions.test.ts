import fc from "fast-check";
import { expect, test, vi } from "vitest";
import type { RecordOf } from "../../../protocol/records";
import { openBallotBytes } from "../../../protocol/signing";
import { hasSmallOrder } from "../../../voting/sealed/small-order";
import { City } from "../../testing/city";
import { RegistrarKey, VoterKey } from "../../testing/keys";
import { people, torino } from "../../testing/people";
import { admission, round, withAdmitted, withRegistrar } from "../../testing/story";
import { nodeChecks } from "../ledger/checks";

vi.setConfig({ testTimeout: 120_000 });

async function frozen(city: City): Promise<void> {
  await withAdmitted(city, ["garden"]);
  await withRegistrar(city);
  await city.submit(people.officer, "rounds:freeze", round(["garden"], { rollSize: 5 }));
}

test("there are never more keys than people on the roll, nor two keys in one place", async () => {
  const keys = Array.from({ length: 8 }, (_, index) => new VoterKey(`voter ${index}`));
  const lists = fc.array(
    fc.array(fc.tuple(fc.nat(7), fc.integer({ min: 1, max: 7 })), { minLength: 1, maxLength: 3 }),
    { minLength: 1, maxLength: 12 },
  );
  await fc.assert(
    fc.asyncProperty(lists, async (drawn) => {
      const city = await City.after(frozen);
      const taken = new Map<number, string>();
      for (const list of drawn) {
        const chosen = list.map(([key]) => keys[key] as VoterKey);
        const slots = list.map(([, slot]) => slot);
        const fits =
          new Set(slots).size === slots.length &&
          new Set(chosen).size === chosen.length &&
          slots.every((slot) => slot <= 5 && !taken.has(slot)) &&
          chosen.every(({ publicKey }) => ![...taken.values()].includes(publicKey));
        const submitted = city.submit(people.registrar, "rounds:admit", admission(chosen, slots));
        expect(
          await submitted.then(
            () => true,
            () => false,
          ),
        ).toBe(fits);
        if (fits)
          for (const [index, slot] of slots.entries()) taken.set(slot, chosen[index]?.publicKey ?? "");
      }
      const admitted = city.state.all<RecordOf<"admission">>(torino, "admission");
      expect(new Map(admitted.map(({ slot, key }) => [slot, key]))).toEqual(new Map([...taken].sort()));
      expect(admitted.length).toBeLessThanOrEqual(5);
    }),
    { numRuns: 60, interruptAfterTimeLimit: 90_000 },
  );
});

test("a registrar who registers another key cannot sign under the one before; others keep theirs", async () => {
  const city = await City.after(frozen);
  const other = { ...people.caseRegistrar, person: "another-registrar" };
  const register = async (actor: typeof other, id: string) => {
    const key = new RegistrarKey();
    city.holdsKey(actor, key);
    await city.submit(actor, "municipality:registerSigningKey", { id, publicKey: key.publicKey });
    return key;
  };
  const [first, second] = ["first", "second"].map((name) => new VoterKey(name)) as [VoterKey, VoterKey];
  await register(other, "other-key");
  await city.submit(people.registrar, "rounds:admit", admission([first], [1]));
  const renewed = await register(people.caseRegistrar, "renewed-key");

  const old = admission([second], [2]);
  expect(await city.refused(people.registrar, "rounds:admit", old)).toMatchObject({
    code: "key_withdrawn",
    params: { id: "case-registrar-key" },
  });
  expect(city.record("signing_key", "other-key")).toMatchObject({ withdrawn: false });
  await city.submit(people.registrar, "rounds:admit", {
    ...old,
    cosigner: "renewed-key",
    cosignature: renewed.cosign(old.round, old.admissions),
  });
  await city.submit(people.caseRegistrar, "municipality:withdrawSigningKey", { id: "renewed-key" });
  await register(people.caseRegistrar, "third-key");
  expect(city.record("signing_key", "third-key")).toMatchObject({ withdrawn: false });
});

test("a key under which anybody can sign is not admitted", async () => {
  const identity = `01${"00".repeat(31)}`;
  const bytes = openBallotBytes(torino, "round-2026", identity, 1, [1]);
  // The point at infinity and zero sign every text there is.
  expect(await nodeChecks.ed25519Signed(identity, bytes, `01${"00".repeat(63)}`)).toBe(true);

  const city = await City.after(frozen);
  const weak = { publicKey: identity } as VoterKey;
  expect(await city.refused(people.registrar, "rounds:admit", admission([weak]))).toMatchObject({
    code: "invalid_input",
    params: { path: "admissions.0.key" },
  });
  expect(hasSmallOrder(`${"00".repeat(31)}80`)).toBe(true);
  expect(hasSmallOrder(new VoterKey("anybody").publicKey)).toBe(false);
});
