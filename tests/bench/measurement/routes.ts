/** One address for each route that links lead to from the front page; a route is told by the form of its path. */
export async function crawl(origin: string): Promise<Map<string, string>> {
  const routes = new Map([["/", "/"]]);
  for (const [, path] of routes) {
    const response = await fetch(origin + path);
    if (!response.ok || !response.headers.get("content-type")?.startsWith("text/html")) {
      routes.delete(routeOf(path));
      continue;
    }
    for (const [, href] of (await response.text()).matchAll(/<a [^>]*href="([^"]+)"/g)) {
      const url = URL.parse(href ?? "", origin);
      if (url?.origin !== origin || url.pathname.startsWith("/api/") || url.pathname.startsWith("/trial-id"))
        continue;
      if (!/^\/(en\/)?(torino\/|torino$|[^/]*$)/.test(url.pathname)) continue;
      const route = routeOf(url.pathname);
      if (!routes.has(route)) routes.set(route, url.pathname);
    }
  }
  return routes;
}

/** The second, fourth and further parts of a municipality's path are ids: /torino/beni/x is /torino/beni/*. */
function routeOf(path: string): string {
  const parts = path.split("/").slice(1);
  const offset = parts[0] === "en" ? 1 : 0;
  return `/${parts.map((part, index) => (index - offset === 2 ? "*" : part)).join("/")}`;
}
