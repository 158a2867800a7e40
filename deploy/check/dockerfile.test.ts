import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { DockerfileError, readSteps } from "./dockerfile";

describe("reading a Dockerfile", () => {
  it("gives the steps in their order, without what only declares", () => {
    const text = `
FROM debian:trixie-slim AS build
RUN one \\
 && two
COPY a.json b.json ./
FROM debian:trixie-slim
COPY --from=build /app /app
ENV A=1 \\
    B=two
WORKDIR /app
USER cocity
VOLUME /data
EXPOSE 3000
CMD ["node", "main.js"]
`;
    expect(readSteps(text)).toEqual([
      { kind: "from", image: "debian:trixie-slim", stage: "build" },
      { kind: "run", command: "one  && two" },
      { kind: "copy", from: undefined, sources: ["a.json", "b.json"], target: "./" },
      { kind: "from", image: "debian:trixie-slim", stage: undefined },
      { kind: "copy", from: "build", sources: ["/app"], target: "/app" },
      { kind: "env", values: { A: "1", B: "two" } },
      { kind: "workdir", folder: "/app" },
      { kind: "user", user: "cocity" },
      { kind: "cmd", command: ["node", "main.js"] },
    ]);
  });

  it.each(["ADD a b", 'ENTRYPOINT ["x"]', "COPY --chown=a b c", "HEALTHCHECK NONE", 'RUN ["x"]'])(
    "refuses %s",
    (line) => expect(() => readSteps(`FROM debian\n${line}`)).toThrow(DockerfileError),
  );

  it("knows every step of this repository's", () => {
    const steps = readSteps(readFileSync("Dockerfile", "utf8"));
    expect(steps.filter(({ kind }) => kind === "from")).toHaveLength(2);
    expect(steps.at(-1)?.kind).toBe("cmd");
  });
});
