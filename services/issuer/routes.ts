/** An issuer's addresses. */
import { createHash } from "node:crypto";
import { z } from "zod";
import { PartRefusal } from "@/lib/part-refusal";
import { RHO_ENTRY } from "@/voting/sealed/rho-list";
import { base64Bytes, RoundId } from "../sealed/forms";
import { type Asked, html, json, octets, type Route, readJson } from "../sealed/http";
import type { Rounds } from "../sealed/rounds";
import { pageStyles } from "../trial-page";
import { EnrolmentForm, type Issuer, PaperForm } from "./issuer";
import type { IssuerKeys } from "./keys";
import { mailboxPage, objectedPage, objectionPage, unknownObjectionPage } from "./pages";
import type { SignIn } from "./sign-in";

const RhoForm = z.strictObject({ round: RoundId, entry: base64Bytes(RHO_ENTRY) });

export interface IssuerRoutes {
  readonly issuer: Issuer;
  readonly keys: IssuerKeys;
  readonly rounds: Rounds;
  /** Held by the guarantors' issuer alone. */
  readonly signIn?: SignIn;
  /** Whether notices are read here instead of being sent: in a trial alone. */
  readonly mailbox: boolean;
  /** Path of the issuer as browsers have it. */
  readonly mount: string;
}

export function issuerRoutes(options: IssuerRoutes): Route[] {
  const { issuer, keys, rounds, signIn, mailbox, mount } = options;
  const page = ({ query }: Asked) =>
    ({ language: query.get("lang") === "en" ? "en" : "it", styles: `${mount}/style.css` }) as const;
  const token = ({ params }: Asked) => new Uint8Array(Buffer.from(params[0] ?? "", "base64url"));
  return [
    {
      method: "GET",
      path: /^\/v1\/rounds\/([A-Za-z0-9-]{1,64})$/,
      async handle({ params: [id = ""] }) {
        const round = await rounds.find(id);
        if (!round) throw new PartRefusal(404, "unknown_round");
        const own = round.issuerKeys.filter((key) => key.issuer === issuer.number);
        return json({
          issuer: issuer.number,
          roll: issuer.roll.has(id),
          keys: own.map(({ area, modulus }) => ({
            area,
            digest: createHash("sha256").update(modulus).digest("hex"),
            held: keys.holds(id, area, modulus),
          })),
        });
      },
    },
    {
      method: "POST",
      path: /^\/v1\/enrolments$/,
      limit: 24_000,
      async handle(asked) {
        const answer = await issuer.enrol(readJson(asked, EnrolmentForm), asked.address);
        return json(answer, "notBefore" in answer ? 202 : 200);
      },
    },
    {
      method: "POST",
      path: /^\/v1\/paper$/,
      limit: 1_000,
      async handle(asked) {
        await issuer.markPaper(readJson(asked, PaperForm), asked.address);
        return json({ marked: true });
      },
    },
    ...(issuer.number === 3 ? rhoRoutes(issuer) : []),
    ...(signIn ? signInRoutes(signIn) : []),
    {
      method: "GET",
      path: /^\/objections\/([A-Za-z0-9_-]{32})$/,
      handle(asked) {
        const found = issuer.enrolments.byObjection(token(asked));
        if (!found) return html(unknownObjectionPage(page(asked)), 404);
        if (found.objectedAt) return html(objectedPage(page(asked), found.issuedAt !== null));
        return html(objectionPage(page(asked), found.issuedAt !== null));
      },
    },
    {
      method: "POST",
      path: /^\/objections\/([A-Za-z0-9_-]{32})$/,
      limit: 1_000,
      handle(asked) {
        issuer.countAddress(asked.address);
        const objected = issuer.enrolments.object(token(asked), Date.now());
        if (!objected) return html(unknownObjectionPage(page(asked)), 404);
        return html(objectedPage(page(asked), objected === "after"));
      },
    },
    {
      method: "GET",
      path: /^\/style\.css$/,
      handle: () => ({ status: 200, headers: { "content-type": "text/css" }, body: pageStyles }),
    },
    ...(mailbox
      ? [
          {
            method: "GET" as const,
            path: /^\/mailbox$/,
            handle(asked: Asked) {
              const notices = issuer.notices.of(asked.query.get("address") ?? "");
              return html(mailboxPage(page(asked), issuer.number, notices));
            },
          },
        ]
      : []),
  ];
}

function rhoRoutes(issuer: Issuer): Route[] {
  return [
    {
      method: "POST",
      path: /^\/v1\/rhos$/,
      limit: 4_000,
      async handle(asked) {
        const { round: id, entry } = readJson(asked, RhoForm);
        issuer.countAddress(asked.address);
        const round = await issuer.openRound(id);
        const places = round.areas
          .flatMap(({ announced }) => announced)
          .reduce((sum, { size }) => sum + size, 0);
        // More than one a person: whoever lost the words has begun again.
        issuer.rhos.add(id, entry, 4 * places + 1_000);
        return json({});
      },
    },
    {
      method: "GET",
      path: /^\/v1\/rhos\/([A-Za-z0-9-]{1,64})$/,
      handle: ({ params: [round = ""] }) =>
        json({ bits: issuer.rhos.bits(round), entries: issuer.rhos.count(round) }),
    },
    {
      method: "GET",
      path: /^\/v1\/rhos\/([A-Za-z0-9-]{1,64})\/(\d{1,4})$/,
      handle: ({ params: [round = "", bucket = ""] }) => octets(issuer.rhos.bucket(round, Number(bucket))),
    },
  ];
}

function signInRoutes(signIn: SignIn): Route[] {
  const seeOther = (location: string) => ({ status: 303, headers: { location }, body: "" });
  return [
    {
      method: "GET",
      path: /^\/v1\/sign-in$/,
      async handle({ query }) {
        const [nonce, back] = [query.get("nonce") ?? "", query.get("return") ?? ""];
        return seeOther(await signIn.location(nonce, back, query.get("lang") ?? "it"));
      },
    },
    {
      method: "GET",
      path: /^\/v1\/sign-in\/callback$/,
      handle: async ({ query }) => seeOther(await signIn.finish(query)),
    },
  ];
}
