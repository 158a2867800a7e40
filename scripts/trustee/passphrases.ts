/** Asks for passphrases without showing them. From a pipe, each is the next line. */
import { createInterface, type Interface } from "node:readline";
import { Writable } from "node:stream";

export class Passphrases {
  #lines: AsyncIterator<string> | undefined;
  #interface: Interface | undefined;

  /** One that is chosen now, and typed twice on a terminal. */
  async chosen(question: string): Promise<string> {
    const first = await this.asked(question);
    if (!process.stdin.isTTY) return first;
    if (first !== (await this.asked("The same again"))) {
      process.stderr.write("The two are not the same.\n");
      return this.chosen(question);
    }
    return first;
  }

  async asked(question: string): Promise<string> {
    process.stderr.write(`${question}: `);
    const { value = "" } = await this.#next();
    process.stderr.write("\n");
    return value as string;
  }

  close(): void {
    this.#interface?.close();
  }

  #next(): Promise<IteratorResult<string>> {
    if (!this.#lines) {
      // What is typed is echoed to nowhere.
      const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
      this.#interface = createInterface({
        input: process.stdin,
        output: nowhere,
        terminal: process.stdin.isTTY,
      });
      this.#lines = this.#interface[Symbol.asyncIterator]();
    }
    return this.#lines.next();
  }
}
