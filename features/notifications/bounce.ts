/**
 * What a mail server reports about a mail that it could not deliver: RFC 3464 in a report of RFC 6522. Pure. Whoever can write to
 * the mailbox of bounces can send anything here: nothing is read but a few lines, within limits.
 */

export type Bounce = {
  /** Id of our mail, out of the `Message-ID` of what is sent back. */
  mail: string;
  /** Addresses that it could not be delivered to, in small letters: as we had them and as the last server had them. */
  addresses: string[];
  /** Whether the address takes nothing for good: it is not there, or was closed. */
  isForGood: boolean;
  /** Enhanced status code of RFC 3463. */
  status: string;
};

/** Longer than any report that sends back a whole mail of ours. */
export const MOST_BOUNCE_BYTES = 1_000_000;
const MOST_PARTS = 20;
const MOST_RECIPIENTS = 20;
const MOST_HEADERS = 200;

/** Undefined for whatever is no report about one of our mails: an answer of a person, a note that somebody is away, spam. */
export function bounceIn(message: string): Bounce | undefined {
  const whole = split(message);
  const type = whole.headers.get("content-type") ?? "";
  const boundary = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(type);
  if (!/^multipart\/report\b/i.test(type) || !boundary) return undefined;
  const parts = whole.body
    .split(`--${boundary[1] ?? boundary[2]}`)
    .slice(1, MOST_PARTS + 1)
    .map((part) => split(part.replace(/^\r?\n/, "")));
  const typed = (name: RegExp) => parts.find(({ headers }) => name.test(headers.get("content-type") ?? ""));
  const report = typed(/^message\/(?:global-)?delivery-status\b/i);
  const sentBack = typed(/^(?:message\/(?:global|rfc822)|text\/rfc822-headers)\b/i);
  if (!report || !sentBack) return undefined;
  const mail = /<([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})@/i.exec(
    split(decoded(sentBack)).headers.get("message-id") ?? "",
  )?.[1];
  if (!mail) return undefined;
  // The first group is about the message, each other one about one address.
  const failed = decoded(report)
    .split(/\r?\n\s*\r?\n/)
    .slice(0, MOST_RECIPIENTS + 1)
    .map((group) => headersIn(group))
    .filter((group) => /^failed\b/i.test(group.get("action") ?? ""));
  const [first] = failed;
  if (!first) return undefined;
  const status = statusOf(first);
  const addresses = failed.flatMap((group) =>
    ["original-recipient", "final-recipient"].flatMap((name) => addressIn(group.get(name)) ?? []),
  );
  return {
    ...{ mail: mail.toLowerCase(), addresses: [...new Set(addresses)], status },
    isForGood: failed.every((group) => isForGood(statusOf(group))),
  };
}

/**
 * That a mailbox or its domain is not there, was closed or moved. A full mailbox, a filter that took us for spam and trouble on
 * the way are no reason to write to nobody there any more.
 */
function isForGood(status: string): boolean {
  return /^5\.(?:1\.[0-46]|1\.10|2\.1|4\.1|4\.4)$/.test(status);
}

/** That a server refuses what was sent, or has no room for it, says nothing of the address. */
const aboutTheMail = /spam|junk|quota|full|storage|policy|blocked|blacklist|reputation|content|virus/i;

/** The code of the report; where it says no more than that it failed, the one that the server gave in words. */
function statusOf(group: ReadonlyMap<string, string>): string {
  const own = /^[245]\.\d{1,3}\.\d{1,3}/.exec(group.get("status") ?? "")?.[0] ?? "";
  if (own !== "5.0.0") return own;
  const words = group.get("diagnostic-code") ?? "";
  const said = /(?:^|[\s;-])([45]\.\d{1,3}\.\d{1,3})\b/.exec(words)?.[1];
  // Of the codes without a point these alone are of a mailbox that is not there (RFC 5321, 4.2.3).
  return said ?? (/(?:^|[\s;])55[013]\b/.test(words) && !aboutTheMail.test(words) ? "5.1.1" : own);
}

function addressIn(field: string | undefined): string | undefined {
  return /^(?:rfc822|utf-8)\s*;\s*<?([^\s<>;]{1,320}@[^\s<>;]{1,255})>?\s*$/i
    .exec(field ?? "")?.[1]
    ?.toLowerCase();
}

type Part = { headers: ReadonlyMap<string, string>; body: string };

function split(text: string): Part {
  const end = /\r?\n\r?\n/.exec(text);
  if (!end) return { headers: headersIn(text), body: "" };
  return { headers: headersIn(text.slice(0, end.index)), body: text.slice(end.index + end[0].length) };
}

/** By their names in small letters, the first of each, without line breaks. */
function headersIn(text: string): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  for (const line of text
    .replace(/\r?\n[ \t]+/g, " ")
    .split(/\r?\n/)
    .slice(0, MOST_HEADERS)) {
    const colon = line.indexOf(":");
    if (colon <= 0) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    if (!headers.has(name)) headers.set(name, line.slice(colon + 1).trim());
  }
  return headers;
}

function decoded({ headers, body }: Part): string {
  switch (headers.get("content-transfer-encoding")?.toLowerCase()) {
    case "base64":
      return Buffer.from(body, "base64").toString("utf8");
    case "quoted-printable":
      return Buffer.from(
        body
          .replace(/=[ \t]*\r?\n/g, "")
          .replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
        "latin1",
      ).toString("utf8");
    default:
      return body;
  }
}
