/** The opener's addresses, for the relay alone. */
import { json, type Route, readJson } from "../sealed/http";
import { EndForm, type Receiving } from "./receiving";

/** `MOST_IN_GROUP` of the relay with the largest ballots. */
const LONGEST_GROUP = 100_000_000;

export function openerRoutes(receiving: Receiving): Route[] {
  return [
    {
      method: "GET",
      path: /^\/v1\/rounds\/([A-Za-z0-9-]{1,64})$/,
      handle: async ({ params: [round = ""] }) => json(await receiving.held(round)),
    },
    {
      method: "POST",
      path: /^\/v1\/rounds\/([A-Za-z0-9-]{1,64})\/groups$/,
      limit: LONGEST_GROUP,
      handle: async ({ params: [round = ""], body }) =>
        json(await receiving.take(round, new Uint8Array(body))),
    },
    {
      method: "POST",
      path: /^\/v1\/ends$/,
      limit: 10_000,
      async handle(asked) {
        await receiving.end(readJson(asked, EndForm));
        return json({});
      },
    },
  ];
}
