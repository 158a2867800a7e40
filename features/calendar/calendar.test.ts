import { describe, expect, it } from "vitest";
import { writeCalendar } from "./calendar";

const now = new Date("2026-11-29T10:00:00Z");
const call = {
  ...{ uid: "call-close-1@001272", title: "Chiude: orti, cortili; e «altro»", when: "2026-12-08" },
  ...{ text: "Riga uno\nRiga due", url: "https://example.org/torino/bandi/orti" },
};

describe("a calendar", () => {
  it("escapes commas, semicolons and line feeds, and ends lines with CRLF", () => {
    const text = writeCalendar("Torino", [call], now);
    expect(text).toContain("SUMMARY:Chiude: orti\\, cortili\\; e «altro»\r\n");
    expect(text).toContain("DESCRIPTION:Riga uno\\nRiga due\r\n");
    expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
  });

  it.each(["\r\n", "\n", "\r", "\u2028", "\u0085", "\f", "\0"])(
    "takes no line of its own from a text with %j in it",
    (end) => {
      const hostile = `Orti${end}END:VEVENT${end}BEGIN:VALARM${end}ATTENDEE;CN="x":mailto:victim@example.org`;
      const entry = { ...call, title: hostile, text: hostile, place: hostile, when: new Date(now) };
      const unfolded = writeCalendar(hostile, [entry], now).replaceAll("\r\n ", "");
      const lines = unfolded.split(/\r\n|[\r\n\u0085\u2028\u2029\f\0]/);
      expect(lines.filter((line) => /^(?:ATTENDEE|BEGIN:VALARM)/.test(line))).toEqual([]);
      expect(lines.filter((line) => line === "END:VEVENT")).toHaveLength(1);
    },
  );

  it("has a day as a day, and an instant in UTC", () => {
    const text = writeCalendar(
      "Torino",
      [call, { ...call, uid: "round-close-1@001272", when: new Date("2027-03-28T01:30:00Z") }],
      now,
    );
    expect(text).toContain("DTSTART;VALUE=DATE:20261208\r\n");
    expect(text).toContain("DTSTART:20270328T013000Z\r\n");
    expect(text.match(/DTSTAMP:20261129T100000Z\r\n/g)).toHaveLength(2);
  });

  it("has what lasts until its end, with its place and how often it was changed", () => {
    const when = new Date("2027-01-11T17:00:00Z");
    const meeting = {
      ...call,
      when,
      end: new Date("2027-01-11T19:00:00Z"),
      place: "Via Rubino, 45",
      revision: 2,
    };
    const text = writeCalendar("Torino", [meeting], now);
    expect(text).toContain("DTSTART:20270111T170000Z\r\nDTEND:20270111T190000Z\r\n");
    expect(text).toContain("LOCATION:Via Rubino\\, 45\r\n");
    expect(text).toContain("SEQUENCE:2\r\n");
    expect(writeCalendar("Torino", [{ ...meeting, isCancelled: true }], now)).toContain("SEQUENCE:2\r\n");
  });

  it("keeps what does not take place any more, and says so", () => {
    const text = writeCalendar("Torino", [{ ...call, isCancelled: true }], now);
    expect(text).toContain("STATUS:CANCELLED\r\n");
    expect(text).toContain("SEQUENCE:1\r\n");
    expect(writeCalendar("Torino", [call], now)).not.toContain("STATUS:");
  });

  it("names an entry the same whenever it is written", () => {
    const uidOf = (when: string) =>
      /UID:(.*)\r\n/.exec(writeCalendar("Torino", [{ ...call, when }], new Date()))?.[1];
    expect(uidOf("2026-12-08")).toBe("call-close-1@001272");
    expect(uidOf("2026-12-20")).toBe("call-close-1@001272");
  });

  it("folds lines at 75 bytes, and no letter in two", () => {
    const title = "È perché così è più già ".repeat(20).trim();
    const text = writeCalendar("Torino", [{ ...call, title }], now);
    for (const line of text.split("\r\n")) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(text).not.toContain("\uFFFD");
    expect(text.replaceAll("\r\n ", "")).toContain(`SUMMARY:${title}`);
  });
});
