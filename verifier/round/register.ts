/** Organisations of municipalities, and the keys of people in office and of registrars, as the evidence has shown them. */
import { z } from "zod";
import { fromBase64url } from "../../protocol/acts/base64url";
import { type CarriedAct, readCarried } from "../../protocol/acts/carried";
import { checkGesture, type GestureChecks } from "../../protocol/acts/gesture";
import type { Submission } from "../../protocol/acts/roles";
import { readSignedAct } from "../../protocol/acts/signed-act";
import { RuleError } from "../../protocol/errors";
import { countsOn, isHeldOn } from "../../protocol/in-office";
import {
  type Actor,
  Actor as ActorSchema,
  mspIds,
  type Organisation,
  organisations,
} from "../../protocol/primitives";
import { type RecordOf, records } from "../../protocol/records";
import { upgradeRecord } from "../../protocol/upgrade";
import type { Placed } from "../chain/chain-reader";
import { textOf } from "../chain/text";
import { machine } from "../machine/this";

const kept = ["municipality", "passkey", "official", "office", "signing_key"] as const;
type Kept = (typeof kept)[number];

/** The input of the first version, without a form of its own. */
const Plain = z.record(z.string(), z.unknown());

const checks: GestureChecks = {
  digest: (bytes) => machine.sha256(bytes),
  signed: ({ spki, algorithm }, bytes, signature) =>
    machine.isSigned(spki, algorithm === -8 ? "ed25519" : "sha256", bytes, signature),
};

/** Who took a step, and its input; `fault` says what does not hold of it. */
export interface Attributed {
  readonly actor: Actor | undefined;
  readonly input: Record<string, unknown>;
  /** In which of its forms it came; undefined for the plain input of the first version. */
  readonly form: Submission | undefined;
  readonly fault?: string;
}

export class Register {
  readonly #records = new Map<string, RecordOf<Kept>>();

  /** @returns false for a record that has not the form of its type: nobody is known by it, nor by the one before */
  take(municipality: string, type: string, idParts: readonly string[], bytes: Uint8Array): boolean {
    const own = kept.find((one) => one === type);
    if (!own) return true;
    const key = [municipality, type, ...idParts].join("/");
    this.#records.delete(key);
    try {
      const parsed = records[own].safeParse(upgradeRecord(own, JSON.parse(textOf(bytes))));
      if (parsed.success) this.#records.set(key, parsed.data as RecordOf<Kept>);
      return parsed.success;
    } catch {
      return false;
    }
  }

  get<T extends Kept>(municipality: string, type: T, id: string): RecordOf<T> | undefined {
    return this.#records.get([municipality, type, id].join("/")) as RecordOf<T> | undefined;
  }

  organisationOf(municipality: string, mspId: string): Organisation | undefined {
    const own = this.get(municipality, "municipality", municipality)?.organisations;
    const all = own ?? organisations.map((part) => ({ part, mspId: mspIds[part] }));
    return all.find((one) => one.mspId === mspId)?.part;
  }

  /** Whether people sign acts there: before that everybody had a certificate. */
  hasActs(municipality: string): boolean {
    return this.get(municipality, "municipality", municipality)?.founding !== undefined;
  }

  /** Who took a transaction: the signer of its act, or the program whose certificate sent it. */
  async attribute(
    municipality: string,
    placed: Placed,
    name: string,
    day: () => string,
  ): Promise<Attributed> {
    const { action, sender } = placed;
    const [argument] = action.args;
    const organisation = sender && this.organisationOf(municipality, sender.mspId);
    let carried: ReturnType<typeof readCarried>;
    let plain: Record<string, unknown> = {};
    try {
      const text = textOf(argument ?? new Uint8Array());
      carried = readCarried(text);
      if (!carried) plain = Plain.parse(JSON.parse(text));
    } catch {
      return {
        actor: undefined,
        input: {},
        form: undefined,
        fault: "its argument has no form that is known",
      };
    }
    if (carried?.by === "act") return this.#byAct(municipality, carried, name, day());
    const sent = ActorSchema.safeParse({
      ...{ organisation, role: sender?.role },
      ...{ municipality: sender?.municipality, person: sender?.person },
    });
    if (carried?.by === "resident") {
      const actor: Actor = { organisation: "Comune", role: "resident", municipality, person: carried.person };
      return { actor, input: carried.input, form: "resident" };
    }
    const input = carried?.input ?? plain;
    const isOwn = sent.success && sent.data.municipality === municipality;
    return {
      ...{ actor: isOwn ? sent.data : undefined, input, form: carried?.by },
      ...(isOwn ? {} : { fault: "the certificate that sent it says nobody of this municipality" }),
    };
  }

  async #byAct(municipality: string, carried: CarriedAct, name: string, day: string): Promise<Attributed> {
    const none = (fault: string): Attributed => ({ actor: undefined, input: {}, form: "act", fault });
    try {
      const act = readSignedAct(carried.act);
      const place = this.get(municipality, "municipality", municipality);
      if (act.municipality !== municipality || act.founding !== place?.founding)
        return none("its act is of another municipality");
      if (act.transaction !== name) return none(`its act is for ${act.transaction}`);
      const id = checks.digest(fromBase64url(carried.assertion.credential));
      const passkey = this.get(municipality, "passkey", id);
      if (!passkey || passkey.person !== act.person) return none("its act is signed with a key of nobody's");
      if (!countsOn(passkey, day)) return none("its act is signed with a key that did not count");
      const own = place?.organisations?.find(({ part }) => part === passkey.organisation);
      const origins = [own?.newOrigin, own?.origin].filter((one) => one !== undefined);
      await checkGesture(carried, { ...passkey, origins, trial: place?.trial === true }, checks);
      if (act.role !== "resident" && !this.#holds(municipality, act.person, act.role, day))
        return none(`${act.person} was not in office as ${act.role}`);
      const organisation = act.role === "resident" ? "Comune" : passkey.organisation;
      const actor: Actor = { organisation, role: act.role, municipality, person: act.person };
      return { actor, input: act.input, form: "act" };
    } catch (error) {
      if (error instanceof RuleError) return none(`its act does not hold: ${error.code}`);
      throw error;
    }
  }

  #holds(municipality: string, person: string, role: string, day: string): boolean {
    const { offices = [] } = this.get(municipality, "official", person) ?? {};
    return offices.some(({ id, role: held }) => {
      const office = held === role && this.get(municipality, "office", id);
      return office && isHeldOn(office, day);
    });
  }
}
