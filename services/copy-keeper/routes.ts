/** The copy-keeper's addresses, for the relay alone. */
import { json, type Route, readJson } from "../sealed/http";
import { type CopyKeeper, EndForm, KeepForm, QuestionForm } from "./copy-keeper";

export function copyKeeperRoutes(keeper: CopyKeeper): Route[] {
  return [
    {
      method: "POST",
      path: /^\/v1\/posts$/,
      limit: 10_000_000,
      handle: async (asked) => json(await keeper.keep(readJson(asked, KeepForm))),
    },
    {
      method: "POST",
      path: /^\/v1\/ends$/,
      limit: 10_000,
      handle: async (asked) => json(await keeper.end(readJson(asked, EndForm))),
    },
    {
      method: "POST",
      path: /^\/v1\/questions$/,
      limit: 10_000,
      handle: async (asked) => json(await keeper.answer(readJson(asked, QuestionForm))),
    },
  ];
}
