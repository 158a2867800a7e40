// Shows a page of ours, instead of the browser's, where the network does not answer, and what the site has to tell on this
// device. Nothing else is kept:
// what is open, and until when, must never be read from an old copy.
const CACHE = "offline-2";
const PAGES = { it: "/senza-rete", en: "/en/offline" };

self.addEventListener("install", (event) => {
  event.waitUntil(keepOfflinePages().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.mode === "navigate" && request.method === "GET") {
    const english = /^\/en(\/|$)/.test(new URL(request.url).pathname);
    event.respondWith(
      fetch(request).catch(async () => (await caches.match(english ? PAGES.en : PAGES.it)) ?? Response.error()),
    );
  } else if (request.destination === "style" || request.destination === "font") {
    event.respondWith(fetch(request).catch(async () => (await caches.match(request)) ?? Response.error()));
  }
});

self.addEventListener("push", (event) => {
  event.waitUntil(showMessage(event.data));
});

// Browsers change their address at the push service by themselves, and the old one is of no use from then on.
self.addEventListener("pushsubscriptionchange", (event) => {
  event.waitUntil(renewSubscription(event));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(openPage(event.notification.data?.path));
});

/** Browsers want something shown for each message, also for one that cannot be read. */
async function showMessage(data) {
  let message = {};
  try {
    message = data?.json() ?? {};
  } catch {}
  const { title = "Co-City", body = "", path = "/", tag, lang } = message;
  await self.registration.showNotification(title, {
    ...{ body, lang, icon: "/apple-icon.png", data: { path } },
    ...(tag && { tag }),
  });
}

/** Tells the site the new address of this browser. Where it cannot, messages to the old one make the site forget it. */
async function renewSubscription({ newSubscription, oldSubscription }) {
  const subscription = newSubscription ?? (await subscribeAgain(oldSubscription));
  const { endpoint, keys } = subscription?.toJSON() ?? {};
  if (!endpoint || !keys) return;
  await fetch("/api/push/device", {
    method: "POST",
    credentials: "same-origin",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ endpoint, p256dh: keys.p256dh, auth: keys.auth }),
  });
}

async function subscribeAgain(old) {
  let applicationServerKey = old?.options?.applicationServerKey;
  if (!applicationServerKey) {
    const response = await fetch("/api/push/device", { credentials: "same-origin" });
    // Nobody wants to be told anything here.
    if (!response.ok) return undefined;
    ({ publicKey: applicationServerKey } = await response.json());
  }
  return self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
}

/** The page of a message, of this site alone: where it is open already, there. */
async function openPage(path) {
  const url = new URL(typeof path === "string" ? path : "/", self.location.origin);
  if (url.origin !== self.location.origin) return;
  const open = await self.clients.matchAll({ type: "window" });
  const same = open.find((client) => client.url === url.href);
  await (same ? same.focus() : self.clients.openWindow(url.href));
}

async function keepOfflinePages() {
  const cache = await caches.open(CACHE);
  for (const path of Object.values(PAGES)) {
    const response = await fetch(path, { credentials: "omit" });
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    const html = withoutPrograms(await response.text());
    await cache.put(path, new Response(html, { headers: response.headers }));
    const files = html.match(/\/_next\/static\/[^"'\\ ]+\.(?:css|woff2)/g) ?? [];
    await cache.addAll([...new Set(files)]);
  }
}

/** It is shown at other addresses than its own, where its programs would look for what that page has, again and again. */
function withoutPrograms(html) {
  return html
    .replace(/<script\b[^>]*>[\s\S]*?<\/script>/gi, "")
    .replace(/<link\b[^>]*\bas="script"[^>]*>/gi, "");
}
