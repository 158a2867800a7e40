import { expect, test } from "vitest";
import { actBytes, signedActText } from "../../../protocol/acts/signed-act";
import { ActsCity } from "../../testing/acts-city";
import { assertionVectors } from "../../testing/assertion-vectors";
import { Authenticator } from "../../testing/authenticator";
import { honestAct, refusedCarried } from "../../testing/refusals/acts";
import { administrators, foundingInput, passkeyOf, register } from "../../testing/register";

const { person } = administrators.Comune;

test.each(assertionVectors.map((vector) => [vector.what, vector.verdict, vector] as const))(
  "%s: %s",
  async (_what, verdict, { algorithm, make }) => {
    const key = new Authenticator(algorithm);
    const given = register();
    const passkeys = given.passkeys.map((one) => (one.person === person ? passkeyOf(person, key) : one));
    const city = await ActsCity.founded(foundingInput({ register: { ...given, passkeys } }));
    const text = signedActText(honestAct(city));
    const assertion = make(key, actBytes(text), city.said(person));
    const carried = { by: "act", act: text, assertion } as const;
    if (verdict === "accepted") await city.carried("municipality:proposeSettings", carried);
    else expect((await refusedCarried(city, carried)).code).toBe(verdict);
  },
);
