/** What was announced, offered and frozen of a sealed round. */
import { hexToBytes } from "@noble/hashes/utils.js";
import { frozenText, issuerKeysText, rollsText, sealingText } from "../../protocol/digests";
import type { RecordOf } from "../../protocol/records";
import { issuerNumberOf, NO_AREA, POSTING_ISSUER } from "../../protocol/records/sealed";
import { joinAreas } from "../../voting/sealed/areas";
import { ballotLayout } from "../../voting/sealed/ballot-layout";
import { type RsaKey, readIssuerKey } from "../../voting/sealed/blind-signature";
import type { AreaIssuers } from "../../voting/sealed/credentials";
import { isAcceptableEd25519, isAcceptableX25519 } from "../../voting/sealed/curve-keys";
import type { IssuerNumber, SealedRound } from "../../voting/sealed/round";
import { isTieReveal } from "../../voting/sealed/tie-order";
import { machine } from "../machine/this";
import { type Context, placeOf, type RoundRecord, type SealingRecord, type Taken } from "../round/context";

type IssuerKey = RecordOf<"issuer_key">;

/** Whose keys of this round so far have a modulus. */
type Moduli = Map<string, { issuer: number; area: number }[]>;

/** What devices and checks know of a frozen round. */
export interface FrozenSealed extends SealedRound {
  readonly sealing: SealingRecord;
  issuersOf(area: number): AreaIssuers | undefined;
}

export class SealedKeys {
  readonly #keys = new Map<string, IssuerKey>();

  constructor(private readonly context: Context) {}

  take(key: IssuerKey, { placed, actor }: Taken): void {
    const { findings } = this.context;
    const name = `${key.issuer}/${key.area}`;
    const first = !this.#keys.has(name);
    findings.expect(
      "keys",
      first,
      () => `${placeOf(placed)}: the key of issuer ${key.issuer} for area ${key.area} is written again`,
    );
    if (actor && issuerNumberOf[actor.organisation] !== key.issuer)
      findings.fault("keys", `${placeOf(placed)}: a key of issuer ${key.issuer} by ${actor.organisation}`);
    if (first) this.#keys.set(name, key);
  }

  /** Checks everything frozen, and reads it. Undefined where keys are missing. */
  freeze(round: RoundRecord, sealing: SealingRecord): FrozenSealed | undefined {
    const { findings } = this.context;
    findings.expect(
      "freeze",
      machine.sha256(sealingText(sealing)) === round.sealing,
      "the round names another sealing than the one frozen",
    );
    findings.expect(
      "freeze",
      machine.sha256(frozenText(round)) === round.frozenDigest,
      "F is not the digest of what was frozen",
    );
    findings.expect(
      "freeze",
      machine.sha256(issuerKeysText([...this.#keys.values()])) === sealing.keysDigest,
      "the digest of the issuers' keys is not that of the keys offered",
    );
    this.#areas(round, sealing);
    this.#ties(sealing);
    return this.#read(round, sealing);
  }

  #areas(round: RoundRecord, { areas, leastPlaces }: SealingRecord): void {
    const { findings } = this.context;
    const districts = areas.flatMap((area) => area.districts);
    let due: string;
    try {
      due = JSON.stringify(
        joinAreas(districts, leastPlaces).map(({ areas: ids, size }, index) => ({
          number: index + 1,
          size,
          ids,
        })),
      );
    } catch {
      due = "";
    }
    const found = JSON.stringify(
      areas.map(({ number, size, districts: own }) => ({ number, size, ids: own.map(({ id }) => id) })),
    );
    findings.expect("areas", due === found, "the areas are not joined as the sizes of their rolls say");
    const size = districts.reduce((sum, one) => sum + one.size, 0);
    findings.expect("areas", size === round.rollSize, "the areas' rolls are not as long as the round's");
    findings.expect(
      "areas",
      machine.sha256(rollsText(areas)) === round.rollRoot,
      "the areas' rolls are not the one frozen",
    );
  }

  #ties({ id, ties }: SealingRecord): void {
    const { findings } = this.context;
    for (const issuer of [1, 2, 3] as const) {
      const tie = ties.find((one) => one.issuer === issuer);
      const holds =
        tie?.reveal !== undefined &&
        isTieReveal(id, issuer, hexToBytes(tie.commitment), hexToBytes(tie.reveal));
      findings.expect(
        "ties",
        holds,
        `issuer ${issuer} revealed another number than the one committed to, or none`,
      );
    }
    findings.expect("ties", ties.length === 3, "there are not three numbers");
  }

  #read(round: RoundRecord, sealing: SealingRecord): FrozenSealed | undefined {
    const { findings } = this.context;
    const { relay, copyKeeper, opener } = sealing.services;
    const service = (name: string, key: string | undefined, usable: (key: Uint8Array) => boolean) =>
      findings.expect(
        "keys",
        key !== undefined && usable(hexToBytes(key)),
        `the key of the ${name} is missing or weak`,
      );
    service("relay", relay, isAcceptableEd25519);
    service("copy-keeper", copyKeeper, isAcceptableEd25519);
    service("opener", opener, isAcceptableX25519);
    findings.expect("keys", relay !== copyKeeper, "relay and copy-keeper sign with one key");
    const trustees = (["Comune", "Case", "Garanti"] as const).map((organisation) => {
      const key = sealing.trustees.find((one) => one.organisation === organisation)?.key;
      service(`trustee of ${organisation}`, key, isAcceptableX25519);
      return key === undefined ? undefined : hexToBytes(key);
    });
    const held = [...sealing.trustees.map(({ key }) => key), opener];
    findings.expect("keys", new Set(held).size === held.length, "two of trustees and opener have one key");
    const areas = new Map<number, AreaIssuers>();
    const moduli: Moduli = new Map();
    for (const { number } of sealing.areas) {
      const issuers = ([1, 2, 3] as const).map((issuer) => this.#issuerKey(issuer, number, moduli));
      if (issuers.every((key) => key !== undefined)) areas.set(number, issuers as unknown as AreaIssuers);
    }
    this.#issuerKey(POSTING_ISSUER, NO_AREA, moduli);
    const expected = sealing.areas.length * 3 + 1;
    findings.expect(
      "keys",
      this.#keys.size === expected,
      `${this.#keys.size} issuers' keys where ${expected} are due`,
    );
    const [first, second, third] = trustees;
    if (!first || !second || !third || opener === undefined) return undefined;
    const { type, most: maxChoices } = round.ballot;
    return {
      digest: hexToBytes(round.frozenDigest),
      trustees: [first, second, third],
      opener: hexToBytes(opener),
      layout: ballotLayout({ type, maxChoices }, round.projects.length),
      sealing,
      issuersOf: (area) => areas.get(area),
    };
  }

  /** One key for two areas would let anybody vote in either. */
  #issuerKey(issuer: IssuerNumber, area: number, moduli: Moduli): RsaKey | undefined {
    const { findings } = this.context;
    const key = this.#keys.get(`${issuer}/${area}`);
    const what = `the key of issuer ${issuer} for ${area === NO_AREA ? "posting" : `area ${area}`}`;
    if (!findings.expect("keys", key !== undefined, `${what} is missing`) || !key) return undefined;
    const earlier = moduli.get(key.modulus) ?? [];
    const isOwn = earlier.some((one) => one.issuer === issuer || one.area === area);
    findings.expect("keys", !isOwn, `${what} is that of another area or issuer as well`);
    if (!isOwn && earlier.length > 0)
      findings.note("keys", `${what} is one that another issuer has elsewhere`);
    moduli.set(key.modulus, [...earlier, { issuer, area }]);
    try {
      return readIssuerKey(Uint8Array.from(Buffer.from(key.modulus, "base64")));
    } catch {
      findings.fault("keys", `${what} is weak`);
      return undefined;
    }
  }
}
