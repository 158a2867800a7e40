/** Requests to the parties of a round: without cookies, within limits, and with answers that are read strictly. */
import { membersOf } from "./bytes";
import { DeviceFault, type Party } from "./faults";
import type { Machine } from "./round";

const LONGEST_ANSWER = 8 * 1024 * 1024;
/** Milliseconds after which a party that does not answer counts as unreachable. */
const PATIENCE = 30_000;

export interface Answer {
  readonly status: number;
  readonly bytes: Uint8Array;
  /** The members of a JSON object; none where the answer is something else. */
  readonly members: () => Readonly<Record<string, unknown>>;
}

/** @throws {DeviceFault} `unreachable`, `too_busy`, `refused` or `bad_answer` */
export async function ask(
  { fetch }: Machine,
  party: Party,
  address: string,
  body?: Uint8Array | Readonly<Record<string, unknown>>,
): Promise<Answer> {
  const isOctets = body instanceof Uint8Array;
  let answer: Answer;
  try {
    const response = await fetch(address, {
      credentials: "omit",
      referrerPolicy: "no-referrer",
      redirect: "error",
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE),
      ...(body !== undefined && {
        method: "POST",
        headers: { "content-type": isOctets ? "application/octet-stream" : "application/json" },
        body: isOctets ? new Uint8Array(body) : JSON.stringify(body),
      }),
    });
    const bytes = new Uint8Array(await response.arrayBuffer());
    answer = { status: response.status, bytes, members: () => readMembers(bytes) };
  } catch {
    throw new DeviceFault("unreachable", party);
  }
  const { status, bytes } = answer;
  if (bytes.length > LONGEST_ANSWER) throw new DeviceFault("bad_answer", party);
  if (status === 200 || status === 201 || status === 202 || status === 204) return answer;
  const { code } = answer.members();
  if (status === 429 || status === 503 || code === "too_busy") throw new DeviceFault("too_busy", party);
  if (status >= 400 && status < 500 && typeof code === "string" && /^[a-z_]{1,60}$/.test(code)) {
    throw new DeviceFault("refused", party, code);
  }
  throw new DeviceFault(status >= 500 ? "unreachable" : "bad_answer", party);
}

function readMembers(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    return membersOf(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    return {};
  }
}
