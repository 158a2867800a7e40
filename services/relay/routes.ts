/** The relay's addresses. */
import { base64 } from "../sealed/forms";
import { json, octets, type Route } from "../sealed/http";
import type { Relay } from "./relay";
import type { RelayStore } from "./store";

/** A post of the largest ballot is far below. */
const LONGEST_POST = 65_536;

export function relayRoutes(relay: Relay, store: RelayStore): Route[] {
  return [
    {
      method: "POST",
      path: /^\/v1\/rounds\/([A-Za-z0-9-]{1,64})\/posts$/,
      limit: LONGEST_POST,
      handle: async ({ params: [round = ""], body, address }) =>
        octets(await relay.receive(round, new Uint8Array(body), address)),
    },
    {
      method: "GET",
      path: /^\/v1\/rounds\/([A-Za-z0-9-]{1,64})\/keys\/([0-9a-f]{64})$/,
      async handle({ params: [round = "", key = ""] }) {
        const receipts = await relay.receipts(round, new Uint8Array(Buffer.from(key, "hex")));
        return json({ receipts: receipts.map(base64) });
      },
    },
    {
      method: "GET",
      path: /^\/v1\/rounds\/([A-Za-z0-9-]{1,64})\/turnout$/,
      handle: ({ params: [round = ""] }) => json({ hours: store.turnout(round) }),
    },
  ];
}
