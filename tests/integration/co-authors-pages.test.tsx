/** The pages and forms by which two people write one proposal, as they are sent, in both languages. */
import { AppRouterContext } from "next/dist/shared/lib/app-router-context.shared-runtime";
import {
  PathnameContext,
  PathParamsContext,
  SearchParamsContext,
} from "next/dist/shared/lib/hooks-client-context.shared-runtime";
import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { prerenderToNodeStream } from "react-dom/static";
import { beforeAll, expect, it } from "vitest";
import en from "@/messages/en.json";
import italian from "@/messages/it.json";
import { trialPeople } from "@/prisma/seed/trial-people";
import { formOf, request, serverActions } from "./actions/request";
import { settle, torino } from "./actions/town";

const { db } = await serverActions();
const actions = await import("@/features/proposals/co-author-actions");
const { coAuthorsOf } = await import("@/features/proposals/co-author-queries");
const { CoAuthors } = await import("@/features/proposals/co-authors");
const { CoAuthorNames } = await import("@/features/proposals/co-author-names");
const { default: JoinPage } = await import("@/app/[locale]/[municipality]/propose/join/page");

const { default: DraftPage } = await import("@/app/[locale]/[municipality]/propose/[draft]/[step]/page");
const { introducePerson } = await import("@/features/people/service");
const [giulia, marco] = trialPeople;
if (!giulia || !marco) throw new Error("there are no trial people");
let [ada, bruno] = ["", ""];

const languages = [
  ["it", italian],
  ["en", en],
] as const;

beforeAll(async () => {
  await settle(db);
  [ada, bruno] = [await introducePerson(giulia), await introducePerson(marco)];
  const dates = { opensOn: "2026-01-01", closesOn: "2099-12-31" };
  const call = {
    municipality: torino,
    id: "call",
    scopes: [],
    lines: [],
    maxCostCents: 1_000_000n,
    ...dates,
  };
  await db.chainCall.create({
    data: {
      ...{ ...call, digest: "0".repeat(64), threshold: 60, requiredScores: 2 },
      ...{ record: {}, transactionId: "0".repeat(64), block: 1n },
    },
  });
  await db.call.create({
    data: {
      ...{ ...call, slug: "call", title: "Bando", summary: "", objectives: "", whoMay: "", criteria: [] },
      ...{ threshold: 60, requiredScores: 2, salt: "", createdBy: "x" },
    },
  });
  const own = { municipality: torino, id: "draft", slug: "draft", call: "call", author: ada };
  await db.proposal.create({ data: { ...own, title: "Orti di via Cigna" } });
});

it("from the link to the way out", async () => {
  request.person = ada;
  const answer = await actions.inviteCoAuthor(undefined, formOf({ draft: "draft" }));
  expect(answer?.failure).toBeUndefined();
  expect(answer?.done).toBe(italian.propose.together.invited);
  for (const [locale] of languages) {
    request.locale = locale;
    const markup = await sent(await section(ada));
    const path = locale === "it" ? "/torino/proponi/insieme" : "/en/torino/propose/join";
    expect(markup).toContain(`http://localhost:3000${path}?codice=`);
    expect(markup).toContain("mailto:?subject=");
  }
  request.locale = "it";
  const [invitation] = (await view(ada))?.invitations ?? [];
  const code = invitation?.code ?? expect.fail();

  request.person = bruno;
  expect(await view(bruno)).toBeNull();
  for (const [locale, words] of languages) {
    request.locale = locale;
    const page = await sent(await join(code));
    expect(page).toContain("Giulia Ferrero");
    expect(page).toContain("Orti di via Cigna");
    expect(page).toContain(words.propose.together.mayNot.replaceAll("'", "&#x27;"));
    expect(await sent(await join("ABCD-EFGH-JKMN"))).not.toContain("Giulia Ferrero");
  }
  request.locale = "it";
  const joined = await actions.joinProposal(undefined, formOf({ code, showName: "on" }));
  expect(joined?.goTo).toBe("/torino/proponi/draft/7");
  const own = await sent(await section(bruno));
  expect(own).toContain(italian.propose.together.leaveButton);
  expect(own).not.toContain(italian.propose.together.invite);
  expect(await sent(await section(ada))).toContain("Marco Bonino");
  expect(await sent(<CoAuthorNames names={["Marco Bonino"]} others={2} />)).toContain(
    "<bdi>Marco Bonino</bdi> e altre 2 persone",
  );

  for (const [locale, words] of languages) {
    request.locale = locale;
    const screen = await sent(await draft("2"), false);
    expect(screen).toContain(words.propose.together.coAuthorText);
    expect(screen).toContain(words.propose.together.whoProposesText.replaceAll("'", "&#x27;"));
    for (const page of [screen, await sent(await draft("7"), false)])
      expect(page).not.toMatch(/name="subjectName"|id="submit-proposal"|id="withdraw-proposal"/);
    // What they write is the same form as its proponent's.
    expect(await sent(await draft("3"), false)).toContain('name="needs"');
  }
  request.locale = "it";
  request.person = ada;
  const screen = await sent(await draft("2"), false);
  expect(screen).toContain('name="subjectName"');
  expect(screen).toContain(italian.propose.together.invite);

  request.person = bruno;
  expect((await actions.leaveProposal(undefined, formOf({ draft: "draft" })))?.goTo).toBe("/torino/mio");
  expect(await view(bruno)).toBeNull();
});

function view(id: string) {
  return coAuthorsOf(torino, "draft", { id, name: id, language: "it", roles: [] });
}

async function section(id: string): Promise<ReactNode> {
  const found = (await view(id)) ?? expect.fail();
  return <CoAuthors municipality="torino" draft="draft" title="Orti di via Cigna" view={found} />;
}

function draft(step: string): Promise<ReactNode> {
  const params = Promise.resolve({ locale: request.locale, municipality: "torino", draft: "draft", step });
  return DraftPage({ params, searchParams: Promise.resolve({}) } as never);
}

function join(codice: string): Promise<ReactNode> {
  const params = Promise.resolve({ locale: request.locale, municipality: "torino" });
  return JoinPage({ params, searchParams: Promise.resolve({ codice }) } as never);
}

/** Server parts below a client's texts have all of them in the site, and here the client's: a draft's page is not asked. */
async function sent(node: ReactNode, hasAllTexts = true): Promise<string> {
  const errors: string[] = [];
  const { prelude } = await prerenderToNodeStream(
    <AppRouterContext.Provider value={{} as never}>
      <PathParamsContext.Provider value={{ locale: request.locale, municipality: "torino" }}>
        <PathnameContext.Provider value="/torino">
          <SearchParamsContext.Provider value={new URLSearchParams()}>
            <NextIntlClientProvider
              locale={request.locale}
              messages={(request.locale === "it" ? italian : en) as never}
              timeZone="Europe/Rome"
              onError={({ message }) => errors.push(message)}
            >
              {node}
            </NextIntlClientProvider>
          </SearchParamsContext.Provider>
        </PathnameContext.Provider>
      </PathParamsContext.Provider>
    </AppRouterContext.Provider>,
  );
  const chunks: Buffer[] = [];
  for await (const chunk of prelude) chunks.push(Buffer.from(chunk as Buffer));
  if (hasAllTexts) expect(errors).toEqual([]);
  return Buffer.concat(chunks).toString("utf8");
}
