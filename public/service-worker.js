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
