import type { RangeQuery } from "../../evidence/types";
import { RangeReads } from "./range-reads";
import type { KeyedValue } from "./state-database";
import type { KeyValue, ResultIterator } from "./types";

/** A scan of a range that remembers what it gave out, so that validation can look for phantoms. */
export class RangeScan implements ResultIterator<KeyValue> {
  private readonly reads = new RangeReads();
  private end: string;
  private isExhausted = false;
  private ahead: IteratorResult<KeyedValue, unknown> | undefined;

  constructor(
    private readonly source: AsyncGenerator<KeyedValue>,
    private readonly asked = { namespace: "", start: "", end: "" },
  ) {
    this.end = "";
  }

  async next(): Promise<KeyValue | undefined> {
    const { done, value } = await this.take();
    if (done) {
      this.isExhausted = true;
      this.end = this.asked.end;
      return undefined;
    }
    this.reads.add({ namespace: this.asked.namespace, key: value.key, version: value.version });
    // The caller may never come back, so the range ends at the last key it got.
    this.end = value.key;
    return { key: value.key, value: value.value };
  }

  /** The key `next` would give, not counted as read; empty at the end. */
  async peek(): Promise<string> {
    this.ahead ??= await this.source.next();
    return this.ahead.done ? "" : this.ahead.value.key;
  }

  query(): RangeQuery {
    const { namespace, start } = this.asked;
    return { namespace, start, end: this.end, exhausted: this.isExhausted, ...this.reads.finish() };
  }

  async close(): Promise<void> {
    await this.source.return(undefined);
  }

  private async take(): Promise<IteratorResult<KeyedValue, unknown>> {
    const { ahead } = this;
    this.ahead = undefined;
    return ahead ?? (await this.source.next());
  }
}
