import { createTranslator } from "next-intl";
import { describe, expect, it, test } from "vitest";
import type { z } from "zod";
import type { Locale } from "@/lib/language/routing";
import en from "@/messages/en.json";
import italian from "@/messages/it.json";
import { type SignedAct, signedActText } from "@/protocol/acts/signed-act";
import { submissionFor } from "@/protocol/acts/submission";
import { RuleError } from "@/protocol/errors";
import { type TransactionName, transactions } from "@/protocol/transactions";
import { actInWords, type Known, type Words } from "./words";

const messages = { it: italian, en };
const digest = "0123456789abcdef".repeat(4);

describe("an act in words", () => {
  it("says every member of what is signed, amounts and days as people write them", () => {
    const { title, rows, role, expiresOn } = told({
      transaction: "funds:commit",
      input: {
        ...{ command: "11111111-1111-4111-8111-111111111111", municipality: "001272", id: "commitment-1" },
        ...{ pact: "pact-1", amountCents: 1_234_500, fictional: true, type: "goods" },
        act: { kind: "determina", number: "12", date: "2026-03-08", body: "Divisione", file: digest },
      },
    });
    expect(title).toBe("Impegnati 12.345,00\u00a0€ (beni)");
    expect({ role, expiresOn }).toEqual({ role: "responsible_officer", expiresOn: "2026-01-03" });
    expect(rows.map(({ label, value }) => [label, value])).toEqual([
      ["Atto", "determina n. 12 dell’8 marzo 2026, Divisione"],
      ["Atto: impronta del file", "01234567…89abcdef"],
      ["Somma", "12.345,00\u00a0€"],
      ["Soldi finti", "sì"],
      ["Patto", "pact-1"],
      ["Tipo", "beni"],
      ["Codice della richiesta", "11111111-1111-4111-8111-111111111111"],
      ["Codice", "commitment-1"],
      ["Comune (codice ISTAT)", "001272"],
    ]);
  });

  it("marks what the bytes do not say: names of the site, and what a digest stands for", () => {
    const input = { id: "pact-1", reasonDigest: digest, documentHash: "f".repeat(64) };
    const known = { names: { "pact-1": "Patto del giardino" }, texts: { [digest]: "Perché piove" } };
    expect(told({ transaction: "pacts:suspend", input }, known).rows).toEqual([
      { label: "Impronta del documento", value: "ffffffff…ffffffff", kind: "digest", code: "f".repeat(64) },
      { label: "Motivo", value: "Perché piove", kind: "text", code: digest },
      { label: "Codice", value: "Patto del giardino", kind: "name", code: "pact-1" },
    ]);
  });

  it("tells the code of a passkey as its owner reads it out", () => {
    const input = { id: digest, code: digest };
    expect(told({ transaction: "passkeys:confirm", input }).rows[0]).toEqual({
      ...{ label: "Codice da leggere ad alta voce", kind: "said", code: digest },
      value: "88743 37967 88743 37967 88743 37967 88743 37967",
    });
  });

  it("tells lists and what is inside them one by one", () => {
    const projects = [
      { number: 1, costCents: 100 },
      { number: 2, costCents: 200 },
    ];
    expect(told({ transaction: "rounds:freeze", input: { projects, scopes: ["A", "B"] } }).rows).toEqual([
      { label: "Proposta sulla scheda 1: Costo", value: "1,00\u00a0€", kind: "said" },
      { label: "Proposta sulla scheda 1: Numero", value: "1", kind: "said" },
      { label: "Proposta sulla scheda 2: Costo", value: "2,00\u00a0€", kind: "said" },
      { label: "Proposta sulla scheda 2: Numero", value: "2", kind: "said" },
      { label: "Ambito 1", value: "A", kind: "said" },
      { label: "Ambito 2", value: "B", kind: "said" },
    ]);
  });

  it("takes no name or text from where none was given", () => {
    const { rows } = told(
      { transaction: "pacts:suspend", input: { kind: "constructor", id: "constructor" } },
      { names: {} },
    );
    expect(rows.map(({ value }) => value)).toEqual(["constructor", "constructor"]);
  });

  it("is refused for what is no act", () => {
    expect(() => actInWords("{}", words("it"), "it")).toThrow(RuleError);
  });
});

const actTransactions = Object.entries(transactions).filter(([name, { roles }]) =>
  roles.some((role) => submissionFor(name as TransactionName, role) === "act"),
);

test.each(["it", "en"] as const)("every member and every choice of an act has a word in %s", (locale) => {
  const t = words(locale);
  const missing = new Set<string>();
  for (const [, { input }] of actTransactions)
    for (const { member, choices } of membersOf(input)) {
      if (!t.has(`signing.members.${member}`)) missing.add(member);
      for (const choice of choices)
        if (!["signing.values", "organisations", "roles"].some((names) => t.has(`${names}.${choice}`)))
          missing.add(`${member}: ${choice}`);
    }
  // Scopes of calls are letters in the regulation too.
  expect([...missing].sort()).toEqual(["scopes: A", "scopes: B", "scopes: C"]);
});

function told(act: Pick<SignedAct, "transaction" | "input">, known?: Known) {
  const text = signedActText({
    ...{ founding: "0".repeat(32), channel: "cocity", municipality: "001272", person: "irene", seen: {} },
    ...{ role: "responsible_officer", expiresOn: "2026-01-03", ...act },
  });
  return actInWords(text, words("it"), "it", known);
}

function words(locale: Locale): Words {
  return createTranslator({ locale, messages: messages[locale] }) as unknown as Words;
}

type Member = { member: string; choices: string[] };

/** Every member of a schema, of what is inside it too, with what it can be chosen from. */
function membersOf(schema: z.ZodType, member = ""): Member[] {
  const { def } = schema as unknown as { def: Record<string, unknown> & { type: string } };
  if (def.type === "object")
    return Object.entries(def.shape as Record<string, z.ZodType>).flatMap(([name, inner]) => [
      { member: name, choices: [] },
      ...membersOf(inner, name),
    ]);
  if (def.type === "literal" && member === "transaction")
    return [{ member, choices: def.values as string[] }];
  if (def.type === "enum") return [{ member, choices: Object.values(def.entries as Record<string, string>) }];
  if (def.type === "union") return (def.options as z.ZodType[]).flatMap((one) => membersOf(one, member));
  const inner = (def.innerType ?? def.element ?? def.in) as z.ZodType | undefined;
  return inner ? membersOf(inner, member) : [];
}
