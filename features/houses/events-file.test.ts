import { describe, expect, it } from "vitest";
import { eventsFile } from "./events-file";

const now = new Date("2026-11-29T10:00:00Z");
const house = {
  ...{ id: "roccafranca", municipality: "001272", name: "Cascina Roccafranca" },
  ...{ address: "via Rubino 45", url: "https://example.org/torino/case/roccafranca" },
};
const event = {
  ...{ id: "6f1c", title: "Incontro; orti, e altro", text: "Riga uno\nRiga due", place: "" },
  ...{ startsAt: new Date("2026-12-10T17:00:00Z"), endsAt: new Date("2026-12-10T19:00:00Z") },
  ...{ cancelledAt: null, createdAt: now },
};

describe("the events of a house as a file", () => {
  it("have their place, their hours in UTC and a name that stays", () => {
    const text = eventsFile(house, [event], now);
    expect(text).toContain("UID:house-event-6f1c@001272\r\n");
    expect(text).toContain("DTSTART:20261210T170000Z\r\n");
    expect(text).toContain("SUMMARY:Incontro\\; orti\\, e altro\r\n");
    expect(text).toContain("LOCATION:Cascina Roccafranca\\, via Rubino 45\r\n");
    expect(text).toContain("STATUS:CONFIRMED\r\n");
  });

  it("say that one does not take place, as a later version of the same", () => {
    const text = eventsFile(house, [{ ...event, cancelledAt: now }], now);
    expect(text).toContain("STATUS:CANCELLED\r\n");
    expect(text).toContain("SEQUENCE:1\r\n");
    expect(text).toContain("UID:house-event-6f1c@001272\r\n");
  });
});
