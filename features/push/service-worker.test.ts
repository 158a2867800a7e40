import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import { beforeEach, expect, it } from "vitest";

const source = readFileSync("public/service-worker.js", "utf8");
const origin = "https://cocity.example";

type Shown = { title: string; body: string; tag?: string; data: { path: string } };
type Listener = (event: object) => void;

let shown: Shown[];
let opened: string[];
let focused: string[];
let open: string[];
let listeners: Map<string, Listener>;

/** The program as it is, with what a browser gives it. */
beforeEach(() => {
  [shown, opened, focused, open, listeners] = [[], [], [], [], new Map()];
  const self = {
    location: { origin },
    addEventListener: (name: string, listener: Listener) => listeners.set(name, listener),
    registration: {
      showNotification: async (title: string, options: Omit<Shown, "title">) =>
        void shown.push({ title, ...options }),
    },
    clients: {
      matchAll: async () => open.map((url) => ({ url, focus: async () => void focused.push(url) })),
      openWindow: async (url: string) => void opened.push(url),
    },
  };
  runInNewContext(source, { self, URL, caches: {}, fetch: () => undefined });
});

it("shows what a message says, and something for one that cannot be read", async () => {
  const message = {
    title: "Co-City, Comune di Torino",
    body: "Novità: Orti",
    path: "/torino/beni/orti",
    tag: "one",
  };
  await dispatch("push", { data: { json: () => ({ ...message, lang: "it" }) } });
  await dispatch("push", {
    data: {
      json: () => {
        throw new SyntaxError();
      },
    },
  });
  await dispatch("push", { data: null });
  const { title, body, tag, path } = message;
  expect(shown).toMatchObject([
    { title, body, tag, data: { path } },
    { title: "Co-City", data: { path: "/" } },
    {},
  ]);
});

it("opens the page of a message, where it is open already there, and no other site", async () => {
  await click("/torino/beni/orti");
  open = [`${origin}/torino/beni/orti`];
  await click("/torino/beni/orti");
  for (const path of ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
    await click(path);
  await click(undefined);
  expect(opened).toEqual([`${origin}/torino/beni/orti`, `${origin}/`]);
  expect(focused).toEqual([`${origin}/torino/beni/orti`]);
});

function click(path: unknown): Promise<void> {
  return dispatch("notificationclick", { notification: { close: () => undefined, data: { path } } });
}

async function dispatch(name: string, event: object): Promise<void> {
  const waits: Promise<unknown>[] = [];
  listeners.get(name)?.({ ...event, waitUntil: (wait: Promise<unknown>) => waits.push(wait) });
  await Promise.all(waits);
}
