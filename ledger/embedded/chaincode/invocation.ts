import { ledger, peer } from "@hyperledger/fabric-protos";
import type { HistoryEntry, KeyValue, Simulator } from "../store/types";
import { bytesField, integerField, messageOf, stringField, timestampBytes } from "../wire";
import type { CollectionAccess } from "./collections";

/** Results sent to the chaincode at once; the rest on QUERY_STATE_NEXT (`chaincode_support.go`). */
const resultsPerMessage = 100;
/** `ledger.state.totalQueryLimit` of Fabric's `core.yaml`. */
export const totalQueryLimit = 100_000;

/** Results of one query, already serialised as `queryresult.KV` or `queryresult.KeyModification`. */
interface OpenQuery {
  next(): Promise<Uint8Array | undefined>;
  close(): Promise<void>;
  waiting: Uint8Array[];
  taken: number;
}

interface Source<T> {
  next(): Promise<T | undefined>;
  close(): Promise<void>;
}

/** What the peer keeps of one transaction while the chaincode works on it. */
export class Invocation {
  readonly #queries = new Map<string, OpenQuery>();
  #lastQuery = 0;

  constructor(
    readonly channel: string,
    readonly transactionId: string,
    /** The namespace of its state: the chaincode's name. */
    readonly namespace: string,
    readonly simulator: Simulator,
    readonly collections: CollectionAccess,
  ) {}

  /** Opens a query over keys and answers its first results. */
  openRange(source: Source<KeyValue>): Promise<Uint8Array> {
    return this.#open(source, (entry) => keyValueBytes(this.namespace, entry));
  }

  openHistory(source: Source<HistoryEntry>): Promise<Uint8Array> {
    return this.#open(source, keyModificationBytes);
  }

  /** @throws Error with Fabric's words if there is no such query */
  async nextResults(id: string): Promise<Uint8Array> {
    const query = this.#queries.get(id);
    if (!query) throw new Error("query iterator not found");
    return this.#respond(id, query);
  }

  async closeQuery(id: string): Promise<Uint8Array> {
    await this.#forget(id);
    return queryResponse(id, [], false);
  }

  async closeIterators(): Promise<void> {
    for (const id of [...this.#queries.keys()]) await this.#forget(id);
  }

  async #open<T>(source: Source<T>, encode: (entry: T) => Uint8Array): Promise<Uint8Array> {
    const id = String(++this.#lastQuery);
    const query: OpenQuery = {
      next: async () => {
        const entry = await source.next();
        return entry === undefined ? undefined : encode(entry);
      },
      close: () => source.close(),
      waiting: [],
      taken: 0,
    };
    this.#queries.set(id, query);
    return this.#respond(id, query);
  }

  /** `query_response_generator.go`: one result more than a message holds is taken to know whether there is one. */
  async #respond(id: string, query: OpenQuery): Promise<Uint8Array> {
    for (;;) {
      const result = query.taken >= totalQueryLimit ? undefined : await query.next();
      if (result === undefined) {
        await this.#forget(id);
        return queryResponse(id, query.waiting, false);
      }
      query.taken++;
      if (query.waiting.length === resultsPerMessage) {
        const batch = query.waiting;
        query.waiting = [result];
        return queryResponse(id, batch, true);
      }
      query.waiting.push(result);
    }
  }

  async #forget(id: string): Promise<void> {
    const query = this.#queries.get(id);
    this.#queries.delete(id);
    await query?.close();
  }
}

/** A page of results with the bookmark of the next, as the chaincode's pagination expects it. */
export function pageResponse(namespace: string, results: readonly KeyValue[], bookmark: string): Uint8Array {
  const metadata = new peer.QueryResponseMetadata();
  metadata.setFetchedRecordsCount(results.length);
  metadata.setBookmark(bookmark);
  const bytes = results.map((entry) => keyValueBytes(namespace, entry));
  return queryResponse("", bytes, false, metadata.serializeBinary());
}

function queryResponse(
  id: string,
  results: readonly Uint8Array[],
  hasMore: boolean,
  metadata?: Uint8Array,
): Uint8Array {
  const response = new peer.QueryResponse();
  response.setId(id);
  response.setHasMore(hasMore);
  response.setResultsList(
    results.map((bytes) => {
      const result = new peer.QueryResultBytes();
      result.setResultbytes(bytes);
      return result;
    }),
  );
  if (metadata) response.setMetadata(metadata);
  return response.serializeBinary();
}

function keyValueBytes(namespace: string, { key, value }: KeyValue): Uint8Array {
  const entry = new ledger.queryresult.KV();
  entry.setNamespace(namespace);
  entry.setKey(key);
  entry.setValue(value);
  return entry.serializeBinary();
}

/** `queryresult.KeyModification`. */
function keyModificationBytes({ transactionId, value, isDelete, timestamp }: HistoryEntry): Uint8Array {
  return messageOf(
    stringField(1, transactionId),
    bytesField(2, value),
    bytesField(3, timestampBytes(timestamp.seconds, timestamp.nanos)),
    integerField(4, isDelete ? 1 : 0),
  );
}
