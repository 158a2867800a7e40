import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { LedgerRefusedError, ledgerRefusal, NotFoundError } from "./errors";
import { presentError } from "./unexpected";

describe("errors that somebody foresaw", () => {
  it("are their code and parameters, and nothing else", () => {
    expect(presentError(new NotFoundError("commons_not_found", { id: "c1" }))).toEqual({
      code: "commons_not_found",
      params: { id: "c1" },
    });
  });

  it("include what the chaincode refuses", () => {
    const message =
      '10 ABORTED: failed: chaincode response 500, COCITY:{"code":"over_budget","params":{"line":"L1"}}';
    const refusal = ledgerRefusal(message);
    expect(refusal).toBeInstanceOf(LedgerRefusedError);
    expect(refusal).toMatchObject({ code: "over_budget", params: { line: "L1" }, status: 409 });
    expect(ledgerRefusal("14 UNAVAILABLE: no connection")).toBeUndefined();
  });
});

describe("errors that nobody foresaw", () => {
  it("are an id for the person and one log line that bears it", async () => {
    const { shown, line } = await reportInAnotherProcess('new TypeError("x is not a function")');
    expect(shown).toEqual({ code: "unexpected", params: { id: expect.stringMatching(/^[0-9a-f]{12}$/) } });
    expect(line).toMatchObject({ level: "error", errorId: shown.params.id, route: "thread" });
    expect(line.err).toMatchObject({ type: "TypeError", message: "x is not a function" });
  });

  it.each([
    ["PrismaClientValidationError", "P2000"],
    ["DriverAdapterError", "P2010"],
    ["error", "22P02"],
  ])("leave what a person typed out of the log: %s", async (name, code) => {
    const error = `Object.assign(new Error("Invalid value for name: Giulia Ferrero"),
      { name: "${name}", code: "${code}", email: "giulia@example.org" })`;
    const { line } = await reportInAnotherProcess(error);
    expect(line.err).toMatchObject({ type: name, code });
    expect(JSON.stringify(line)).not.toMatch(/giulia/i);
  });
});

type Reported = {
  shown: { code: string; params: { id: string } };
  line: Record<string, unknown>;
};

/** The log writes to standard error, so a process of its own is asked what it wrote. */
async function reportInAnotherProcess(error: string): Promise<Reported> {
  const program = `
    import { presentError } from "./lib/unexpected";
    console.log(JSON.stringify(presentError(${error}, { route: "thread" })));
  `;
  const run = promisify(execFile);
  const { stdout, stderr } = await run(process.execPath, [
    ...["--import", "tsx", "--input-type=module", "--eval", program],
  ]);
  return { shown: JSON.parse(stdout), line: JSON.parse(stderr) };
}
