/** A page's side of the device's program: loads what was frozen with the round, and asks it. */
import type { Answered, AnswerMessage, Asked, RequestMessage, RequestName } from "./device/requests";
import type { SealedParameters } from "./parameters";

/** What a page says a sentence about: a fault of the device's program, or one of loading it. */
export interface Fault {
  readonly code: string;
  readonly party?: string | undefined;
  readonly reason?: string | undefined;
}

export class DeviceError extends Error {
  override readonly name = "DeviceError";

  constructor(readonly fault: Fault) {
    super(fault.code);
  }
}

export function faultOf(error: unknown): Fault {
  return error instanceof DeviceError ? error.fault : { code: "failed" };
}

interface Waiting {
  readonly resolve: (answered: unknown) => void;
  readonly reject: (error: DeviceError) => void;
  readonly told: ((step: string) => void) | undefined;
}

type WithoutParameters<T> = Omit<T, "parameters">;

export class Device {
  readonly #waiting = new Map<number, Waiting>();
  #next = 1;

  private constructor(
    readonly parameters: SealedParameters,
    private readonly worker: Worker,
  ) {
    worker.addEventListener("message", ({ data }: MessageEvent<AnswerMessage>) => this.#take(data));
  }

  /**
   * @param site where the site tells of the round, such as `/api/sealed/torino/…`
   * @param programAt where the program is, on pages of others than the site
   * @throws {DeviceError} `unreachable`, `not_ready` or `program_differs`
   */
  static async start(
    site: string,
    programAt: (parameters: SealedParameters) => string = () => `${site}/program`,
  ): Promise<Device> {
    const parameters = absolute((await load(`${site}/parameters`, "json")) as SealedParameters, site);
    const program = (await load(programAt(parameters), "bytes")) as ArrayBuffer;
    if (!crypto.subtle) throw new DeviceError({ code: "unsupported" });
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", program));
    const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
    if (hex !== parameters.bundle) throw new DeviceError({ code: "program_differs" });
    const address = URL.createObjectURL(new Blob([program], { type: "text/javascript" }));
    return new Device(parameters, new Worker(address));
  }

  ask<Name extends RequestName>(
    name: Name,
    asked: WithoutParameters<Asked<Name>>,
    told?: (step: string) => void,
  ): Promise<Answered<Name>> {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as Waiting["resolve"], reject, told });
      const message: RequestMessage = { id, name, asked: { ...asked, parameters: this.parameters } };
      this.worker.postMessage(message);
    });
  }

  end(): void {
    this.worker.terminate();
  }

  #take(message: AnswerMessage): void {
    const waiting = this.#waiting.get(message.id);
    if (!waiting) return;
    if ("told" in message) {
      waiting.told?.(message.told);
      return;
    }
    this.#waiting.delete(message.id);
    if ("fault" in message) waiting.reject(new DeviceError(message.fault));
    else waiting.resolve(message.answered);
  }
}

async function load(address: string, as: "json" | "bytes"): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(address, { credentials: "omit" });
    if (response.ok) return as === "json" ? await response.json() : await response.arrayBuffer();
  } catch {
    throw new DeviceError({ code: "unreachable", party: "ledger" });
  }
  throw new DeviceError({ code: response.status === 404 ? "not_ready" : "unreachable", party: "ledger" });
}

/** The program has no address of its own that a path could be below. */
function absolute(parameters: SealedParameters, site: string): SealedParameters {
  const { origin } = new URL(site, location.origin);
  const whole = (address: string) => new URL(address, origin).href;
  const { issuers, relay, ledger } = parameters.addresses;
  return {
    ...parameters,
    addresses: {
      issuers: [whole(issuers[0]), whole(issuers[1]), whole(issuers[2])],
      relay: whole(relay),
      ledger: whole(ledger),
    },
  };
}
