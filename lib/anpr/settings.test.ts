import { generateKeyPairSync } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { AnprSettingsError, readAnpr } from "./settings";
import { passphrase, writeAnprSettings } from "./test/local-clients";
import { LocalPdnd } from "./test/local-pdnd";

const pdnd = new LocalPdnd();
pdnd.origin = "https://pdnd.invalid";
const site = "https://commons.example.org";
const write = (change = {}) => writeAnprSettings(pdnd, ["001272", "001001"], change);

describe("the settings by which ANPR is asked", () => {
  it("are read with their keys, and the service's own threshold", () => {
    const whole = readAnpr(write({ service: "C008" }), site, passphrase);
    expect(whole).toMatchObject({ service: "C008", daily: 100, days: 30, thisMachine: false });
    expect(whole.members.map(({ municipality, key }) => [municipality, key.type])).toEqual([
      ["001272", "private"],
      ["001001", "private"],
    ]);
    expect(readAnpr(write({ daily: 7 }), site, passphrase).daily).toBe(7);
  });

  it.each<[string, object | ((file: string) => void), string, string?]>([
    ["of another form", { service: "C021" }, "service"],
    ["with a name that means nothing", { extra: 1 }, "nrecognized"],
    ["by http from a site that others reach", { address: "http://pdnd.invalid/v1" }, "address"],
    ["without a municipality", { members: [] }, "members"],
    ["with another passphrase", {}, "does not open", "another passphrase altogether"],
    ["with a key that is not encrypted", rewrite(plain(2048)), "no encrypted private key"],
    ["with a short key", rewrite(encrypted(1024)), "2,048"],
    ["that are no JSON", (file) => writeFileSync(file, "{"), "no JSON"],
  ])("are refused %s, with the place and none of the values", (_, change, place, word = passphrase) => {
    const file = write(typeof change === "function" ? {} : change);
    if (typeof change === "function") change(file);
    const read = () => readAnpr(file, site, word);
    expect(read).toThrow(AnprSettingsError);
    expect(read).toThrow(place);
    expect(read).not.toThrow(word);
  });

  it("are refused twice for one municipality, and without the passphrase", () => {
    const file = write();
    const settings = JSON.parse(readFileSync(file, "utf8"));
    const [first] = settings.members;
    writeFileSync(file, JSON.stringify({ ...settings, members: [first, first] }));
    expect(() => readAnpr(file, site, passphrase)).toThrow("twice");
    expect(() => readAnpr(file, site, undefined)).toThrow("ANPR_KEY_PASSPHRASE");
  });
});

function rewrite(pem: string): (file: string) => void {
  return (file) => writeFileSync(join(dirname(file), "001272.pem"), pem);
}

function plain(modulusLength: number): string {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength });
  return privateKey.export({ type: "pkcs8", format: "pem" }) as string;
}

function encrypted(modulusLength: number): string {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength });
  return privateKey.export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase }) as string;
}
