/**
 * A federation on this machine for tests: trust anchor, an authority between, a foreign anchor, a provider. Every document
 * can be exchanged for a hostile one. Its people are invented.
 */
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { JWK } from "jose";
import { published } from "../published";
import type { Federation } from "../settings";
import { LocalProvider } from "./local-provider";
import { type Document, keyPair, type Pair, signed } from "./signing";

export class LocalFederation {
  readonly keys = {
    anchor: keyPair("anchor"),
    foreign: keyPair("foreign"),
    authority: keyPair("authority"),
    providerFederation: keyPair("provider-federation"),
    provider: keyPair("provider-tokens"),
  };
  readonly documents = new Map<string, (request: IncomingMessage, body: string) => Promise<Document>>();
  /** Requests that were answered. */
  readonly asked: string[] = [];
  readonly markKind = "https://anchor.invalid/openid_provider/public/";
  readonly provider = new LocalProvider(this);
  /** The site whose members ask. */
  site: Federation | undefined;
  #server: Server | undefined;
  origin = "";

  entity(name: string): string {
    return `${this.origin}/${name}`;
  }

  async start(): Promise<this> {
    const server = createServer(async (request, response) => {
      const url = new URL(request.url ?? "/", this.origin);
      this.asked.push(url.pathname + url.search);
      let body = "";
      for await (const part of request) body += part;
      const make = this.documents.get(url.pathname + url.search) ?? this.documents.get(url.pathname);
      const site = "/api/federation/";
      const document = make
        ? await make(request, body)
        : this.site && url.pathname.startsWith(site)
          ? await published(
              this.site,
              url.pathname.slice(site.length).split("/"),
              url.searchParams,
              new Date(),
            )
          : undefined;
      if (!document) return void response.writeHead(404).end();
      response.writeHead(document.status ?? 200, { "content-type": document.type ?? "application/json" });
      response.end(document.body);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    this.#server = server;
    this.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    this.reset();
    return this;
  }

  stop(): void {
    this.#server?.closeAllConnections();
    this.#server?.close();
  }

  /** Everything as honest members have it. */
  reset(): void {
    this.documents.clear();
    this.asked.length = 0;
    this.provider.reset();
    const { anchor, authority, foreign } = this.keys;
    this.configuration("anchor", anchor, {
      ...this.#authority("anchor"),
      trust_marks_issuers: { [this.markKind]: [this.entity("anchor")] },
      constraints: { max_path_length: 1 },
    });
    this.configuration("foreign", foreign, this.#authority("foreign"));
    this.configuration("authority", authority, {
      ...this.#authority("authority"),
      authority_hints: [this.entity("anchor")],
    });
    this.about("anchor", "authority", anchor, { jwks: { keys: [authority.known] } });
    this.about("authority", "provider", authority, this.saidOfProvider());
    this.documents.set("/provider/.well-known/openid-federation", async () => ({
      body: await signed(await this.saidByProvider(), this.keys.providerFederation.secret),
    }));
  }

  /** What an authority says of the provider. */
  saidOfProvider(): object {
    return {
      jwks: { keys: [this.keys.providerFederation.known] },
      metadata_policy: {
        openid_provider: {
          subject_types_supported: { value: ["pairwise"] },
          id_token_signing_alg_values_supported: { subset_of: ["RS256", "RS512"] },
        },
      },
    };
  }

  /** What the provider says of itself. */
  async saidByProvider(more: object = {}, metadata: object = {}): Promise<object> {
    const id = this.entity("provider");
    return {
      ...{ iss: id, sub: id, jwks: { keys: [this.keys.providerFederation.known] } },
      authority_hints: [this.entity("authority")],
      trust_marks: [{ id: this.markKind, trust_mark: await this.mark({}) }],
      metadata: {
        openid_provider: {
          ...{ issuer: id, jwks: { keys: [this.keys.provider.known] } },
          authorization_endpoint: `${id}/authorize`,
          token_endpoint: `${id}/token`,
          userinfo_endpoint: `${id}/userinfo`,
          id_token_signing_alg_values_supported: ["RS256", "HS256"],
          ...metadata,
        },
      },
      ...more,
    };
  }

  mark(claims: object, key: JWK = this.keys.anchor.secret): Promise<string> {
    return signed(
      { iss: this.entity("anchor"), sub: this.entity("provider"), id: this.markKind, ...claims },
      key,
      { typ: "trust-mark+jwt" },
    );
  }

  /** Publishes an entity's own configuration. */
  configuration(name: string, keys: Pair, claims: object, header = {}, key: JWK | Uint8Array = keys.secret) {
    const id = this.entity(name);
    this.documents.set(`/${name}/.well-known/openid-federation`, async () => ({
      body: await signed({ iss: id, sub: id, jwks: { keys: [keys.known] }, ...claims }, key, header),
    }));
  }

  /** Publishes what an authority says of one below it, named by what follows the origin, or by its whole identifier. */
  about(superior: string, subject: string, keys: Pair, claims: object, header = {}) {
    const sub = subject.startsWith("http") ? subject : this.entity(subject);
    this.documents.set(`/${superior}/fetch?${new URLSearchParams({ sub })}`, async () => ({
      body: await signed({ iss: this.entity(superior), sub, ...claims }, keys.secret, header),
    }));
  }

  #authority(name: string) {
    return { metadata: { federation_entity: { federation_fetch_endpoint: `${this.entity(name)}/fetch` } } };
  }
}
