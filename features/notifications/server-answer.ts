/** What a mail server answered, as it can be shown to whoever tries the settings. Pure. */

const MOST_LETTERS = 300;

/** The kinds of failure that a page has a sentence for; each other is `other`. */
export const answerCodes = [
  ...(["taken", "refused", "later", "sender"] as const),
  ...(["credentials", "unreachable", "unknown_host", "no_answer", "encryption", "other"] as const),
] as const;
export type AnswerCode = (typeof answerCodes)[number];

/**
 * @param said what the mail program returned or threw
 * @param url of the mail server: its user and password are taken out wherever the server repeats them
 */
export function answerOf(said: unknown, url: string): { code: AnswerCode; answer: string } {
  const { response, code, errno, responseCode, command, syscall } = said as {
    [name in "response" | "code" | "errno" | "responseCode" | "command" | "syscall"]?: unknown;
  };
  const answer = typeof response === "string" ? shown(response, url) : "";
  if (!(said instanceof Error)) return { code: "taken", answer };
  return { code: kindOf({ code, errno, responseCode, command, syscall }, said.message), answer };
}

function kindOf(
  { code, responseCode, command, syscall }: Record<string, unknown>,
  message: string,
): AnswerCode {
  if (code === "EAUTH" || code === "ENOAUTH") return "credentials";
  if (code === "EDNS" || code === "ENOTFOUND" || code === "EAI_AGAIN" || syscall === "getaddrinfo")
    return "unknown_host";
  if (code === "ETIMEDOUT") return "no_answer";
  if (code === "ETLS" || /\b(certificate|tls|ssl)\b/i.test(message)) return "encryption";
  if (typeof responseCode === "number" && responseCode >= 500)
    return typeof command === "string" && command.startsWith("MAIL") ? "sender" : "refused";
  if (typeof responseCode === "number" && responseCode >= 400) return "later";
  if (code === "ECONNECTION" || code === "ESOCKET" || code === "ECONNREFUSED" || code === "ECONNRESET")
    return "unreachable";
  return "other";
}

/** One line, of bounded length, without what is secret of the address. */
function shown(response: string, url: string): string {
  const { username, password } = new URL(url);
  const [user, word] = [decoded(username), decoded(password)];
  const secrets = [username, password, user, word, coded(user), coded(word), coded(`\0${user}\0${word}`)];
  // Twice: as they are, and as a server repeats them that has itself made one space of several.
  const clean = without(inOneLine(without(response, secrets)), secrets.map(inOneLine));
  const letters = [...clean];
  return letters.length > MOST_LETTERS ? `${letters.slice(0, MOST_LETTERS - 1).join("")}…` : clean;
}

function inOneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, " ").trim();
}

/** Longest first: one may be a part of another. */
function without(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret.length > 2)
    .toSorted((a, b) => b.length - a.length)
    .reduce((left, secret) => left.replaceAll(secret, "…"), text);
}

/** As a mail program sends it: a user and a password each (AUTH LOGIN), or both after a zero byte each (AUTH PLAIN). */
function coded(secret: string): string {
  return Buffer.from(secret).toString("base64");
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
