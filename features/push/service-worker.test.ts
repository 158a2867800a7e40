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
let posted: { path: string; body?: string }[];
let subscribedWith: unknown[];
/** What the site answers to the question for its key. */
let key: { ok: boolean; json?: () => Promise<object> };

/** The program as it is, with what a browser gives it. */
beforeEach(() => {
  [shown, opened, focused, open, listeners, posted, subscribedWith] = [[], [], [], [], new Map(), [], []];
  key = { ok: true, json: async () => ({ publicKey: "key-of-the-site" }) };
  const self = {
    location: { origin },
    addEventListener: (name: string, listener: Listener) => listeners.set(name, listener),
    registration: {
      showNotification: async (title: string, options: Omit<Shown, "title">) =>
        void shown.push({ title, ...options }),
      pushManager: {
        subscribe: async (options: { applicationServerKey: unknown }) => {
          subscribedWith.push(options.applicationServerKey);
          return subscription("made-again");
        },
      },
    },
    clients: {
      matchAll: async () => open.map((url) => ({ url, focus: async () => void focused.push(url) })),
      openWindow: async (url: string) => void opened.push(url),
    },
  };
  const fetch = async (path: string, { body }: { body?: string } = {}) => {
    posted.push({ path, ...(body !== undefined && { body }) });
    return key;
  };
  runInNewContext(source, { self, URL, caches: {}, fetch });
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

it("tells the site the address that the browser has chosen by itself", async () => {
  await dispatch("pushsubscriptionchange", { newSubscription: subscription("new"), oldSubscription: null });
  expect(posted.map(({ path, body }) => [path, JSON.parse(body ?? "null")])).toEqual([
    ["/api/push/device", { endpoint: "https://push.example/new", p256dh: "p", auth: "a" }],
  ]);
  expect(subscribedWith).toEqual([]);
});

it("subscribes again where the browser has only ended the old address, with the key it knows or asks for", async () => {
  const options = { applicationServerKey: "key-of-before" };
  await dispatch("pushsubscriptionchange", { newSubscription: null, oldSubscription: { options } });
  await dispatch("pushsubscriptionchange", { newSubscription: null, oldSubscription: null });
  expect(subscribedWith).toEqual(["key-of-before", "key-of-the-site"]);
  expect(posted.filter(({ body }) => body?.includes("made-again"))).toHaveLength(2);
});

it("asks for nothing where the site knows of no device here", async () => {
  key = { ok: false };
  await dispatch("pushsubscriptionchange", { newSubscription: null, oldSubscription: null });
  expect([subscribedWith, posted]).toEqual([[], [{ path: "/api/push/device" }]]);
});

function subscription(name: string) {
  return {
    toJSON: () => ({ endpoint: `https://push.example/${name}`, keys: { p256dh: "p", auth: "a" } }),
  };
}

function click(path: unknown): Promise<void> {
  return dispatch("notificationclick", { notification: { close: () => undefined, data: { path } } });
}

async function dispatch(name: string, event: object): Promise<void> {
  const waits: Promise<unknown>[] = [];
  listeners.get(name)?.({ ...event, waitUntil: (wait: Promise<unknown>) => waits.push(wait) });
  await Promise.all(waits);
}
