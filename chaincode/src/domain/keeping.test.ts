import { expect, test, vi } from "vitest";
import { keeping } from "./keeping";

const bounds = { most: 100, longest: 4096 };

test("each text is read once, and another text by itself", () => {
  const read = vi.fn((text: string) => ({ text }));
  const once = keeping(read, bounds);
  expect([once("one"), once("two"), once("one")]).toEqual([
    { text: "one" },
    { text: "two" },
    { text: "one" },
  ]);
  expect(read).toHaveBeenCalledTimes(2);
});

test("a text that is refused is refused again", () => {
  const once = keeping((text: string): string => {
    throw new Error(`no certificate: ${text}`);
  }, bounds);
  expect(() => once("none")).toThrow("no certificate: none");
  expect(() => once("none")).toThrow("no certificate: none");
});

test("neither many texts nor long ones fill the memory", () => {
  const read = vi.fn((text: string) => text);
  const once = keeping(read, bounds);
  for (let each = 0; each < 101; each += 1) once(`certificate ${each}`);
  read.mockClear();
  once("certificate 100");
  expect(read).not.toHaveBeenCalled();
  once("certificate 0");
  expect(read).toHaveBeenCalledOnce();
  once("x".repeat(5000));
  once("x".repeat(5000));
  expect(read).toHaveBeenCalledTimes(3);
});
