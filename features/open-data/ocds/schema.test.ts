/** Against the schemas of OCDS 1.1.5, which lie beside the repository. */
import { existsSync, readFileSync } from "node:fs";
import Ajv from "ajv-draft-04";
import addFormats from "ajv-formats";
import { expect, test } from "vitest";
import { storyPackages } from "@/tests/open-data/story-packages";
import { sharedData } from "@/tests/voting/shared-data";

const isThere = existsSync(sharedData("ocds/release-schema.json"));
if (!isThere && process.env.CI === "true")
  throw new Error("../shared/data/ocds is absent: packages cannot be checked against their schemas");
if (!isThere) console.warn("NOT RUN: OCDS schemas, because ../shared/data is absent");

const schema = (name: string) => JSON.parse(readFileSync(sharedData(`ocds/${name}.json`), "utf8"));

function validator() {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  ajv.addSchema(schema("release-schema"));
  // Our records have no versioned releases.
  ajv.addSchema({
    id: "https://standard.open-contracting.org/schema/1__1__5/versioned-release-validation-schema.json",
  });
  return ajv;
}

test.runIf(isThere)("release and record packages are what their schemas ask for", async () => {
  const ajv = validator();
  const { releases, records } = await storyPackages();
  for (const [name, text] of [
    ["release-package-schema", releases],
    ["record-package-schema", records],
  ] as const) {
    const validate = ajv.compile(schema(name));
    validate(JSON.parse(text));
    expect(validate.errors ?? []).toEqual([]);
  }
});

test.runIf(isThere)("the schemas see what is wrong", async () => {
  const validate = validator().compile(schema("release-package-schema"));
  const broken = JSON.parse((await storyPackages()).releases);
  broken.releases[0].tag = ["invented"];
  delete broken.releases[1].ocid;
  expect(validate(broken)).toBe(false);
});

test.runIf(isThere)(
  "releases and records have no member that OCDS does not know: no extension is needed",
  async () => {
    const { releases } = await storyPackages();
    const known = schema("release-schema");
    for (const release of JSON.parse(releases).releases) expect(unknownIn(release, known, known)).toEqual([]);
  },
);

type Node = Record<string, unknown>;

function unknownIn(value: unknown, node: Node, root: Node, path = ""): string[] {
  if (Array.isArray(value))
    return value.flatMap((part) => unknownIn(part, (node.items ?? {}) as Node, root, `${path}[]`));
  if (typeof value !== "object" || value === null) return [];
  const found = resolved(node, root);
  const properties = found.properties as Record<string, Node> | undefined;
  if (!properties) return [];
  return Object.entries(value).flatMap(([name, part]) =>
    properties[name] ? unknownIn(part, properties[name], root, `${path}/${name}`) : [`${path}/${name}`],
  );
}

function resolved(node: Node, root: Node): Node {
  if (typeof node.$ref !== "string") return node;
  const parts = node.$ref.replace(/^#\//, "").split("/");
  return parts.reduce<Node>((at, part) => at[part] as Node, root);
}
