import type { ServerResponse } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { AnprRefusal } from "./refusal";
import { askResidence, newOperation } from "./residence";
import { type Anpr, readAnpr } from "./settings";
import { passphrase, writeAnprSettings } from "./test/local-clients";
import { LocalPdnd } from "./test/local-pdnd";
import { forgetVouchers } from "./vouchers";

const pdnd = new LocalPdnd();
const torino = "001272";
const anna = "RSSNNA85T50A562J";
const other = "BNCLCU80A01L219M";
let c020: Anpr;
let c008: Anpr;

const settings = (change: Record<string, unknown> = {}) =>
  readAnpr(writeAnprSettings(pdnd, [torino], change), pdnd.origin, passphrase);
const ask = (whole: Anpr, fiscalNumber = anna) => {
  const [member] = whole.members;
  if (!member) throw new Error("there is a member");
  const question = { fiscalNumber, person: "c2b7", level: 2, name: "Torino", operation: newOperation() };
  return askResidence(whole, member, { ...question, now: new Date() });
};
const refusal = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(AnprRefusal);
  expect(String(error)).not.toContain(anna);
  return (error as AnprRefusal).code;
};
const says = (answer: unknown, status = 200) => {
  pdnd.reply = (response: ServerResponse) =>
    void response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(answer));
};
const subject = (change: object) => ({
  idOperazioneANPR: "1",
  listaSoggetti: {
    datiSoggetto: [
      {
        generalita: { codiceFiscale: { codFiscale: anna } },
        residenza: [{ indirizzo: { comune: { codiceIstat: torino } } }],
        ...change,
      },
    ],
  },
});

beforeAll(async () => {
  await pdnd.start();
  c020 = settings();
  c008 = settings({ service: "C008" });
});
beforeEach(() => {
  pdnd.reset();
  forgetVouchers();
  pdnd.residents.clear();
  pdnd.residents.set(anna, torino);
});
afterAll(() => pdnd.stop());

describe.each([
  ["C020", () => c020],
  ["C008", () => c008],
] as const)("a question to %s", (service, whole) => {
  it("says whether somebody lives here, elsewhere, or is nobody ANPR knows", async () => {
    const anprOperation = "7000001";
    expect(await ask(whole())).toEqual({ residence: "resident", anprOperation });
    pdnd.residents.set(anna, "001001");
    expect(await ask(whole())).toEqual({ residence: "elsewhere", anprOperation });
    expect(await ask(whole(), other)).toEqual({ residence: "not_found", anprOperation: null });
    expect(pdnd.rejections).toEqual([]);
  });

  it("is turned down where a header, the body, the audience or the voucher is another's, or was there before", async () => {
    await ask(whole());
    const honest = pdnd.received.at(-1);
    if (!honest) throw new Error("it was asked");
    const send = async (headers: object, body = honest.body, path = honest.path) => {
      const kept = Object.entries({ ...honest.headers, ...headers }).filter(
        ([name]) => !/^(host|connection|content-length)$/.test(name),
      );
      const sent = await fetch(`${pdnd.origin}${path}`, {
        ...{ method: "POST", body, headers: kept as [string, string][] },
      });
      return [sent.status, pdnd.rejections.at(-1)] as const;
    };
    expect(await send({})).toEqual([400, "token: jti was there before"]);
    expect(await send({}, honest.body.replace(anna, other))).toEqual([400, "Digest"]);
    expect(await send({ authorization: "Bearer x.y.z" })).toEqual([401, expect.stringContaining("voucher")]);
    const elsewhere = honest.path.replace(service, service === "C020" ? "C008" : "C020");
    expect(await send({}, honest.body, elsewhere)).toEqual([401, expect.stringContaining("aud")]);
    pdnd.ahead = 700_000;
    expect(await send({})).toEqual([401, expect.stringContaining("exp")]);
  });

  it("comes to nothing where the site says another audience than the service has", async () => {
    const [member] = whole().members;
    if (!member) throw new Error("there is a member");
    const lost = { ...whole(), audience: whole().address };
    expect(await refusal(ask(lost))).toBe("refused");
    expect(pdnd.rejections).toEqual([expect.stringContaining("aud")]);
    const unknown = { ...whole(), token: { ...whole().token, audience: "elsewhere" } };
    forgetVouchers();
    expect(await refusal(ask(unknown))).toBe("voucher");
  });

  it("comes to nothing with an answer that is too long, too late, no JSON, or of another form", async () => {
    pdnd.reply = (response) => void response.end("x".repeat(200_000));
    expect(await refusal(ask(whole()))).toBe("unreachable");
    pdnd.reply = (response) => void response.writeHead(200).end("<html>");
    expect(await refusal(ask(whole()))).toBe("answer");
    for (const wrong of [{}, [], null, { listaSoggetti: { datiSoggetto: [] } }]) {
      says(wrong);
      expect(await refusal(ask(whole()))).toBe("answer");
    }
    says({ title: "NotFound" }, 404);
    expect(await refusal(ask(whole()))).toBe("refused");
    says({}, 429);
    expect(await refusal(ask(whole()))).toBe("threshold");
  });

  it("comes to nothing with an answer about somebody else, or about two", async () => {
    says(subject({ generalita: { codiceFiscale: { codFiscale: other } } }));
    expect(await refusal(ask(whole()))).toBe("person");
    const { listaSoggetti } = subject({});
    says({ listaSoggetti: { datiSoggetto: Array(2).fill(listaSoggetti.datiSoggetto[0]) } });
    expect(await refusal(ask(whole()))).toBe("answer");
  });

  it("waits five seconds and no longer", { timeout: 15_000 }, async () => {
    pdnd.reply = (response) => void response.writeHead(200).write("{");
    const began = Date.now();
    expect(await refusal(ask(whole()))).toBe("unreachable");
    expect(Date.now() - began).toBeLessThan(8_000);
  });

  it("comes to nothing with a voucher that is none", async () => {
    for (const wrong of ["", "{}", '{"access_token":"a.b.c","token_type":"DPoP","expires_in":600}']) {
      pdnd.voucherReply = (response) => void response.writeHead(200).end(wrong);
      expect(await refusal(ask(whole()))).toBe("voucher");
    }
    pdnd.voucherReply = (response) => void response.writeHead(302, { location: "/elsewhere" }).end();
    expect(await refusal(ask(whole()))).toBe("voucher");
  });
});

describe("vouchers", () => {
  const tokens = () => pdnd.received.filter(({ path }) => path === "/token.oauth2").length;

  it("are one for each question of C020, bound to who asks and at what level", async () => {
    let caller: object = {};
    pdnd.reply = (response, asked) => {
      caller = asked.caller;
      response.writeHead(200).end(JSON.stringify(subject({})));
    };
    await ask(c020);
    await ask(c020);
    expect(tokens()).toBe(2);
    expect(caller).toMatchObject({ userID: "c2b7", level: "SpidL2" });
  });

  it("of C008 are used again until they are nearly over, or the service turns one down", async () => {
    await ask(c008);
    await ask(c008);
    expect(tokens()).toBe(1);
    says({}, 401);
    expect(await refusal(ask(c008))).toBe("refused");
    pdnd.reply = undefined;
    pdnd.voucherSeconds = 30;
    await ask(c008);
    await ask(c008);
    expect(tokens()).toBe(3);
  });
});

describe("what C020 says of residence", () => {
  it.each([
    ["two addresses in one place", [place(torino), place(torino)], "resident"],
    ["abroad", [{ localitaEstera: { consolato: {} } }], "elsewhere"],
    ["two places", [place(torino), place("001001")], "answer"],
    ["none", [], "answer"],
    ["a place without a code", [{ indirizzo: { comune: { nomeComune: "TORINO" } } }], "answer"],
  ])("%s", async (_, residenza, outcome) => {
    says(subject({ residenza }));
    const result = await ask(c020).then(
      ({ residence }) => residence,
      (error: AnprRefusal) => error.code,
    );
    expect(result).toBe(outcome);
  });

  it("is not taken without the number it is about", async () => {
    says(subject({ generalita: undefined }));
    expect(await refusal(ask(c020))).toBe("person");
  });
});

it("C008 says yes or no, and nothing is made of anything else", async () => {
  for (const said of [["A"], ["S", "N"], [], ["s"]]) {
    says(subject({ infoSoggettoEnte: said.map((valore) => ({ valore })) }));
    expect(await refusal(ask(c008))).toBe("answer");
  }
});

function place(codiceIstat: string) {
  return { indirizzo: { comune: { codiceIstat } } };
}
