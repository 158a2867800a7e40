import { expect, it } from "vitest";
import config from "./next.config";

/** The value of a header on a path under `prefix`: the last rule that names it counts. */
async function headerOn(prefix: string, key: string): Promise<string | undefined> {
  const rules = (await config.headers?.()) ?? [];
  return rules
    .filter(({ source }) => source.endsWith("/:path*") && prefix.startsWith(source.replace(":path*", "")))
    .flatMap(({ headers }) => headers)
    .findLast((header) => header.key === key)?.value;
}

it("lets what people uploaded run nothing and load nothing, whoever opens it as a page", async () => {
  const policy = await headerOn("/api/files/torino/", "Content-Security-Policy");
  expect(policy).toContain("sandbox;");
  expect(policy).toContain("default-src 'none'");
  expect(await headerOn("/api/files/torino/", "X-Content-Type-Options")).toBe("nosniff");
});

it("lets every other answer that is no page load nothing", async () => {
  expect(await headerOn("/api/funds/torino/", "Content-Security-Policy")).toContain("default-src 'none'");
});
