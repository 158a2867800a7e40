/**
 * RSA keys in a PKCS#11 token, through OpenSC's `pkcs11-tool`: a process for each use, so that a module of some
 * manufacturer neither runs in this process nor ends it. What a key signs is raised to its exponent and nothing else.
 */
import { spawn } from "node:child_process";
import { createPublicKey, randomBytes } from "node:crypto";
import { variableNames } from "@/lib/env";
import { log } from "@/lib/log";
import { modulusOf } from "@/voting/sealed/blind-sign";
import { ISSUER_KEY } from "@/voting/sealed/blind-signature";

export interface TokenOptions {
  /** The manufacturer's library. */
  readonly module: string;
  /** Label of the token. */
  readonly label: string;
  readonly pin: string;
}

/** The token does not answer, or not as it has to. */
export class TokenAway extends Error {
  override readonly name = "TokenAway";
}

const SIGN_MS = 10_000;
/** A smart card draws a key of 3072 bits in up to a minute. */
const GENERATE_MS = 180_000;
/** Tokens have few sessions. */
const MOST_AT_ONCE = 2;
const MOST_WAITING = 200;
const LONGEST_OUTPUT = 20_000;
const PIN = "TOKEN_PIN";

export class Token {
  #running = 0;
  readonly #waiting: (() => void)[] = [];
  #isPinKnownGood = false;
  #isPinRefused = false;

  constructor(
    private readonly options: TokenOptions,
    private readonly limits = { signMs: SIGN_MS, mostWaiting: MOST_WAITING },
  ) {}

  /** Whether the token can be signed in to. @throws TokenAway */
  async requireOpen(): Promise<void> {
    await this.#run(["--list-objects", "--type", "pubkey"], new Uint8Array(), this.limits.signMs);
  }

  /** Draws a key that never leaves the token. @param label how whoever looks at the token finds it. @throws TokenAway */
  async generate(label: string): Promise<{ id: Uint8Array; modulus: Uint8Array }> {
    const id = randomBytes(16);
    const named = ["--id", id.toString("hex")];
    const kind = ["--key-type", `rsa:${ISSUER_KEY * 8}`, "--usage-sign", "--sensitive"];
    await this.#run(["--keypairgen", ...kind, ...named, "--label", label], new Uint8Array(), GENERATE_MS);
    const read = ["--read-object", "--type", "pubkey", ...named];
    const key = await this.#run(read, new Uint8Array(), this.limits.signMs);
    return {
      id: new Uint8Array(id),
      modulus: modulusOf(createPublicKey({ key, format: "der", type: "spki" })),
    };
  }

  /** A number below the modulus, raised to the secret exponent; whoever asked checks it. @throws TokenAway */
  async raise(id: Uint8Array, number: Uint8Array): Promise<Uint8Array> {
    const named = ["--id", Buffer.from(id).toString("hex")];
    const raised = await this.#run(
      ["--sign", "--mechanism", "RSA-X-509", ...named],
      number,
      this.limits.signMs,
    );
    return new Uint8Array(raised);
  }

  async #run(what: readonly string[], input: Uint8Array, limitMs: number): Promise<Buffer> {
    await this.#turn();
    try {
      // Tokens lock themselves after a few wrong PINs: one that was refused is not shown again.
      if (this.#isPinRefused) throw new TokenAway("the PIN was refused");
      const output = await this.#ask(what, input, limitMs);
      this.#isPinKnownGood = true;
      return output;
    } catch (error) {
      log.error({ err: error }, "the token of the issuer's keys does not answer");
      throw error;
    } finally {
      this.#running -= 1;
      this.#next();
    }
  }

  #turn(): Promise<void> {
    if (this.#waiting.length >= this.limits.mostWaiting) throw new TokenAway("too many wait for the token");
    return new Promise((begin) => {
      this.#waiting.push(begin);
      this.#next();
    });
  }

  /** One at a time until the PIN is known to be right: a wrong one counts once. */
  #next(): void {
    const most = this.#isPinKnownGood ? MOST_AT_ONCE : 1;
    while (this.#running < most) {
      const begin = this.#waiting.shift();
      if (!begin) return;
      this.#running += 1;
      begin();
    }
  }

  #ask(what: readonly string[], input: Uint8Array, limitMs: number): Promise<Buffer> {
    const { module, label, pin } = this.options;
    const token = ["--module", module, "--token-label", label, "--login", "--pin", `env:${PIN}`];
    return new Promise((resolve, reject) => {
      const child = spawn("pkcs11-tool", [...token, ...what], { env: { ...surroundings(), [PIN]: pin } });
      const output: Buffer[] = [];
      let length = 0;
      let said = "";
      let isLate = false;
      const limit = setTimeout(() => {
        isLate = true;
        child.kill("SIGKILL");
      }, limitMs);
      child.stdout.on("data", (chunk: Buffer) => {
        length += chunk.length;
        if (length <= LONGEST_OUTPUT) output.push(chunk);
      });
      child.stderr.on("data", (chunk: Buffer) => {
        said = (said + chunk).slice(-LONGEST_OUTPUT);
      });
      // It may end before it has read what it was given.
      child.stdin.on("error", () => undefined);
      child.stdin.end(input);
      child.once("error", (error) => {
        clearTimeout(limit);
        reject(new TokenAway(`pkcs11-tool cannot be started: ${error.message}`));
      });
      child.once("close", (code) => {
        clearTimeout(limit);
        if (code === 0) return resolve(Buffer.concat(output));
        if (/CKR_PIN_(INCORRECT|LOCKED|EXPIRED|INVALID|LEN_RANGE)/.test(said)) this.#isPinRefused = true;
        reject(new TokenAway(isLate ? `no answer within ${limitMs} ms` : reasonIn(said)));
      });
    });
  }
}

/** Modules have variables of their own, such as where their settings are; this application's secrets are not theirs. */
function surroundings(): NodeJS.ProcessEnv {
  const own = new Set<string>(variableNames);
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !own.has(name)),
  ) as NodeJS.ProcessEnv;
}

function reasonIn(said: string): string {
  const lines = said.split("\n").filter((line) => line && !/^(Aborting|Using )/.test(line));
  return lines.join("; ").slice(0, 500) || "pkcs11-tool failed";
}
