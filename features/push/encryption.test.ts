import { expect, it } from "vitest";
import { encryptedFor, MOST_BYTES } from "./encryption";
import { decrypted, newBrowser } from "./test/browser";

it("encrypts as the example of RFC 8291, appendix A", () => {
  const message = encryptedFor(
    {
      p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
      auth: "BTBZMqHH6r4Tts7J_aSIgg",
    },
    "When I grow up, I want to be a watermelon",
    {
      salt: Buffer.from("DGv6ra1nlYgDCS1FRnbzlw", "base64url"),
      privateKey: Buffer.from("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw", "base64url"),
      padded: false,
    },
  );
  expect(message.toString("base64url")).toBe(
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN",
  );
});

it("is read by the browser alone, and its length says little", () => {
  const browser = newBrowser("https://push.example/1");
  const short = encryptedFor(browser.keys, "sì");
  const long = encryptedFor(browser.keys, "x".repeat(200));
  expect(decrypted(browser, short)).toBe("sì");
  expect(decrypted(browser, long)).toBe("x".repeat(200));
  expect(short.length).toBe(long.length);
  expect(() => decrypted(newBrowser("https://push.example/2"), short)).toThrow();
  expect(encryptedFor(browser.keys, "x".repeat(MOST_BYTES - 1)).length).toBeLessThanOrEqual(4_096);
  expect(() => encryptedFor(browser.keys, "x".repeat(MOST_BYTES))).toThrow(RangeError);
});
