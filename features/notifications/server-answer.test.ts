import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answerCodes, answerOf } from "./server-answer";

const url = "smtps://mittente%40example.org:S3gret%2Fo!@smtp.example.org";
const failed = (message: string, of: object) => Object.assign(new Error(message), of);

describe("what a mail server said", () => {
  it.each([
    ["taken", { response: "250 2.0.0 Ok: queued as 4F1" }],
    ["refused", failed("", { code: "EENVELOPE", responseCode: 550, response: "550 no", command: "RCPT TO" })],
    [
      "sender",
      failed("", { code: "EENVELOPE", responseCode: 553, response: "553 no", command: "MAIL FROM" }),
    ],
    ["later", failed("", { code: "EENVELOPE", responseCode: 451, response: "451 wait", command: "RCPT TO" })],
    ["credentials", failed("", { code: "EAUTH", responseCode: 535, response: "535 bad" })],
    ["unreachable", failed("connect ECONNREFUSED 127.0.0.1:25", { code: "ESOCKET", syscall: "connect" })],
    ["unknown_host", failed("getaddrinfo ENOTFOUND smtp", { code: "EDNS", syscall: "getaddrinfo" })],
    ["no_answer", failed("Connection timeout", { code: "ETIMEDOUT" })],
    ["encryption", failed("self-signed certificate", { code: "ESOCKET" })],
    ["other", failed("?", {})],
  ] as const)("is %s", (code, said) => {
    expect(answerOf(said, url).code).toBe(code);
  });

  it("is one line of bounded length", () => {
    const { answer } = answerOf({ response: `250-one\r\n250 ${"x".repeat(1000)}\u0000` }, url);
    expect(answer).toMatch(/^250-one 250 x+…$/);
    expect([...answer]).toHaveLength(300);
  });

  it("has none of what a mail program sends of them together", () => {
    const plain = Buffer.from("\0mittente@example.org\0S3gret/o!").toString("base64");
    expect(answerOf({ response: `535 AUTH PLAIN ${plain} refused` }, url).answer).toBe(
      "535 AUTH PLAIN … refused",
    );
  });

  it("has none of the user and password, however the server repeats them", () => {
    const secret = fc
      .array(fc.oneof(fc.string({ minLength: 1, maxLength: 12 }), fc.constantFrom(" ", "  ", "\t", " \t ")), {
        minLength: 1,
        maxLength: 5,
      })
      .map((parts) => parts.join(""))
      .filter((text) => inOneLine(text).length > 2);
    fc.assert(
      fc.property(secret, secret, (user, password) => {
        const given = new URL("smtps://smtp.example.org");
        given.username = encodeURIComponent(user);
        given.password = encodeURIComponent(password);
        const coded = [user, password, `\0${user}\0${password}`].map((text) =>
          Buffer.from(text).toString("base64"),
        );
        const response = `535 [${user}] [${password}]\r\n535 ${inOneLine(password)} ${coded.join(" ")}`;
        const { answer, code } = answerOf(failed("", { code: "EAUTH", response }), given.href);
        expect(answerCodes).toContain(code);
        for (const shown of [...coded, user, password, inOneLine(user), inOneLine(password)])
          expect(answer).not.toContain(shown);
      }),
      { numRuns: 500 },
    );
  });
});

const inOneLine = (text: string) => text.replace(/\s+/g, " ").trim();
