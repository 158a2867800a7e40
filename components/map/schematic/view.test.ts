import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Place } from "../types";
import { frameOf, PROPORTION } from "./frame";
import {
  boundsOfView,
  centredOn,
  centreOf,
  frameShare,
  marksOf,
  seenAt,
  whole,
  within,
  zoomedAt,
} from "./view";

const share = fc.double({ min: 0, max: 1, noNaN: true });
const anyView = fc.record({
  x: fc.double({ min: -3, max: 3, noNaN: true }),
  y: fc.double({ min: -3, max: 3, noNaN: true }),
  zoom: fc.double({ min: 0.01, max: 500, noNaN: true }),
});
const frame = frameOf([7.6, 45, 7.75, 45.13]);

describe("a view", () => {
  it("stays within the frame, however it is moved", () => {
    fc.assert(
      fc.property(anyView, (view) => {
        const { x, y, zoom } = within(view, 20_000);
        expect(zoom).toBeGreaterThanOrEqual(1);
        expect(zoom).toBeLessThanOrEqual(50);
        expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
        expect(Math.max(x, y) + 1 / zoom).toBeLessThanOrEqual(1 + 1e-9);
      }),
    );
  });

  it("is zoomed about a point that stays where it is", () => {
    fc.assert(
      fc.property(share, share, fc.double({ min: 0.2, max: 5, noNaN: true }), (x, y, factor) => {
        const view = { x: 0.2, y: 0.3, zoom: 3 };
        const before = seenAt(view, { x, y });
        const after = seenAt(zoomedAt(view, factor, { x, y }), { x, y });
        expect(after.x).toBeCloseTo(before.x, 9);
        expect(after.y).toBeCloseTo(before.y, 9);
      }),
    );
  });

  it("finds a place of the frame again, and its own middle", () => {
    const view = { x: 0.1, y: 0.4, zoom: 4 };
    const back = frameShare(view, seenAt(view, { x: 0.21, y: 0.53 }));
    expect(back.x).toBeCloseTo(0.21);
    expect(back.y).toBeCloseTo(0.53);
    expect(centreOf(centredOn({ x: 0.5, y: 0.6 }, 8))).toEqual({
      x: expect.closeTo(0.5),
      y: expect.closeTo(0.6),
    });
  });

  it("of the whole is the frame itself", () => {
    expect(boundsOfView(frame, whole)).toEqual(frame.map((degrees) => expect.closeTo(degrees, 9)));
  });
});

describe("marks", () => {
  const place = (id: string, lat: number, lon: number): Place => ({
    ...{ id, lat, lon, kind: "square", name: id, approximate: false, href: "/" },
  });
  const places = [place("a", 45.06, 7.68), place("b", 45.0601, 7.6801), place("c", 45.1, 7.62)];

  it("gather what would lie on top of each other, and lose nothing", () => {
    const marks = marksOf(places, frame, whole, 0.05, PROPORTION);
    expect(marks.map((mark) => mark.places.map(({ id }) => id))).toEqual([["a", "b"], ["c"]]);
  });

  it("part once there is room", () => {
    const near = within(centredOn({ x: 0.5, y: 0.5 }, 1), 20_000);
    expect(marksOf(places, frame, near, 0.000_1, PROPORTION)).toHaveLength(3);
  });

  it("are only of what is seen", () => {
    const corner = { x: 0, y: 0, zoom: 10 };
    expect(marksOf(places, frame, corner, 0.05, PROPORTION)).toEqual([]);
  });
});
