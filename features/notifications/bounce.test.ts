import { describe, expect, it } from "vitest";
import { bounceIn } from "./bounce";

const mail = "0b8f5f0e-6f3f-4c0e-9a6b-2f1a5f5f5a01";

type Said = { status?: string; action?: string; diagnostic?: string; recipient?: string; id?: string };

/** As Postfix writes one: three parts, the second in groups, the third with the headers of what was sent. */
function report({
  status = "5.1.1",
  action = "failed",
  diagnostic,
  recipient,
  id = `<${mail}@smtp.example>`,
}: Said) {
  return [
    "Return-Path: <>",
    "From: MAILER-DAEMON@mx.example (Mail Delivery System)",
    "Subject: Undelivered Mail Returned to Sender",
    "Auto-Submitted: auto-replied",
    "MIME-Version: 1.0",
    "Content-Type: multipart/report; report-type=delivery-status;",
    '\tboundary="4C2A.1701/mx.example"',
    "",
    "This is a MIME-encapsulated message.",
    "",
    "--4C2A.1701/mx.example",
    "Content-Description: Notification",
    "Content-Type: text/plain; charset=us-ascii",
    "",
    "I'm sorry to have to inform you that your message could not be delivered.",
    "",
    "--4C2A.1701/mx.example",
    "Content-Description: Delivery report",
    "Content-Type: message/delivery-status",
    "",
    "Reporting-MTA: dns; mx.example",
    "Arrival-Date: Tue,  1 Dec 2026 07:00:00 +0100 (CET)",
    "",
    recipient ?? "Final-Recipient: rfc822; Giulia@Example.org",
    `Action: ${action}`,
    `Status: ${status}`,
    "Remote-MTA: dns; mail.example.org",
    `Diagnostic-Code: ${diagnostic ?? `smtp; 550 ${status} <giulia@example.org>:\n    Recipient address rejected`}`,
    "",
    "--4C2A.1701/mx.example",
    "Content-Description: Undelivered Message Headers",
    "Content-Type: text/rfc822-headers",
    "",
    `Message-ID: ${id}`,
    "Subject: Novità",
    "",
    "--4C2A.1701/mx.example--",
    "",
  ].join("\n");
}

describe("a report about a mail", () => {
  it("names the mail, the address and that it is not there, with either line ending", () => {
    const found = { mail, addresses: ["giulia@example.org"], isForGood: true, status: "5.1.1" };
    expect(bounceIn(report({}))).toEqual(found);
    expect(bounceIn(report({}).replaceAll("\n", "\r\n"))).toEqual(found);
  });

  it("names the address as we had it too, where it was forwarded", () => {
    const recipient =
      "Original-Recipient: rfc822;giulia@example.org\nFinal-Recipient: rfc822;g@other.example";
    expect(bounceIn(report({ recipient }))?.addresses).toEqual(["giulia@example.org", "g@other.example"]);
  });

  it.each([
    ["5.1.1", true],
    ["5.1.10", true],
    ["5.2.1", true],
    ["5.4.1", true],
    ["5.0.0", false],
    ["5.2.2", false],
    ["5.7.1", false],
    ["5.7.26", false],
    ["5.3.4", false],
    ["4.4.7", false],
    ["nonsense", false],
  ])("of status %s: for good %s", (status, isForGood) => {
    expect(bounceIn(report({ status, diagnostic: "smtp; no" }))?.isForGood).toBe(isForGood);
  });

  it.each([
    ["smtp; 550 No such user here", true],
    ["smtp; 554 Message rejected as spam", false],
    ["smtp; 550 Message rejected as spam", false],
    ["smtp; 552 mailbox full", false],
    ["smtp; 554 delivery error", false],
  ])("whose server says no more than %s: for good %s", (diagnostic, isForGood) => {
    expect(bounceIn(report({ status: "5.0.0", diagnostic }))?.isForGood).toBe(isForGood);
  });

  it("says by the server's words what a bare failure was", () => {
    const said = { status: "5.0.0", diagnostic: "smtp; 552-5.2.2 The recipient's inbox is out of storage" };
    expect(bounceIn(report(said))).toMatchObject({ status: "5.2.2", isForGood: false });
  });

  it("is read where its parts are encoded", () => {
    const text = report({});
    const [start = ""] = /Reporting-MTA[\s\S]*?\n\n[\s\S]*?\n\n/.exec(text) ?? [];
    const encoded = text
      .replace(
        "Content-Type: message/delivery-status\n",
        "Content-Type: message/delivery-status\nContent-Transfer-Encoding: base64\n",
      )
      .replace(start, `${Buffer.from(start).toString("base64")}\n\n`);
    expect(encoded).not.toContain("Final-Recipient");
    expect(bounceIn(encoded)).toEqual(bounceIn(text));
  });
});

describe("what is no report of a failure of our mail", () => {
  it.each([
    ["a delay", report({ action: "delayed", status: "4.4.1" })],
    ["a delivery", report({ action: "delivered", status: "2.0.0" })],
    ["a report about somebody else's mail", report({ id: "<CAF+1@mail.example>" })],
    ["a person's answer", "From: giulia@example.org\nContent-Type: text/plain\n\nGrazie!"],
    ["a report without parts", "Content-Type: multipart/report; boundary=x\n\nnothing"],
    ["nothing", ""],
    ["bytes", "\u0000\u0001\u0002".repeat(1_000)],
  ])("%s", (_, message) => expect(bounceIn(message)).toBeUndefined());
});

it("takes no longer for what is made to be slow", () => {
  const started = performance.now();
  const header = `Content-Type: multipart/report; boundary=x${" ;".repeat(200_000)}`;
  for (const hostile of [
    `${header}\n\n${"--x\n".repeat(200_000)}`,
    report({ diagnostic: `smtp; ${"5.".repeat(300_000)}` }),
    report({ recipient: `Final-Recipient: rfc822; ${"<".repeat(500_000)}` }),
    `A: ${"\n b".repeat(300_000)}`,
    report({}).replace("\n\nThis", `${"\nX: y".repeat(200_000)}\n\nThis`),
  ])
    bounceIn(hostile.slice(0, 1_000_000));
  expect(performance.now() - started).toBeLessThan(3_000);
});
