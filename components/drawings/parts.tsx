/** Parts of the drawings, on a plane of 320 by 180 whose ground is at 150. In the theme's colours alone. */
import type { Variation } from "./variation";

const GROUND = 150;

export function Sky({ vary }: { vary: Variation }) {
  const x = vary.number(36, 284);
  const cloud = (x + vary.number(110, 190)) % 300;
  const y = vary.number(30, 46);
  return (
    <>
      <circle cx={x} cy={y} r={vary.number(13, 18)} className="fill-warning-soft" />
      <path
        d={`M${cloud} ${y + 14}a9 9 0 0 1 2 -18a13 13 0 0 1 25 -3a10 10 0 0 1 5 21Z`}
        className="fill-surface"
      />
    </>
  );
}

const grounds = { street: "fill-muted", green: "fill-success-soft", paved: "fill-muted" } as const;

export function Ground({ tone = "street" }: { tone?: keyof typeof grounds }) {
  return (
    <>
      <path d={`M0 ${GROUND}H320V180H0Z`} className={grounds[tone]} />
      {tone === "paved" && (
        <path
          d="M40 180L96 150M120 180L142 150M200 180L186 150M280 180L232 150M0 163H320"
          className="stroke-line"
          strokeWidth="1.5"
        />
      )}
      <path d={`M0 ${GROUND}H320`} className="stroke-control" strokeWidth="2" />
    </>
  );
}

export function Block({
  x,
  width,
  height,
  tone,
  roof = "flat",
  door = false,
  vary,
}: {
  x: number;
  width: number;
  height: number;
  tone: "main" | "quiet";
  roof?: "flat" | "gable";
  door?: boolean;
  vary: Variation;
}) {
  const top = GROUND - height;
  const columns = Math.max(2, Math.floor(width / 26));
  const rows = Math.max(1, Math.floor((height - 30) / 24));
  const gap = width / columns;
  const main = tone === "main";
  const lit = vary.number(0, columns * rows - 1);
  return (
    <>
      {roof === "gable" && (
        <path
          d={`M${x - 6} ${top}L${x + width / 2} ${top - 26}L${x + width + 6} ${top}Z`}
          className="fill-accent"
        />
      )}
      <path
        d={`M${x} ${GROUND}V${top}H${x + width}V${GROUND}Z`}
        className={main ? "fill-primary-soft" : "fill-surface"}
      />
      {roof === "flat" && (
        <path
          d={`M${x - 3} ${top}H${x + width + 3}`}
          className={main ? "stroke-primary" : "stroke-line"}
          strokeWidth="5"
        />
      )}
      {Array.from({ length: rows * columns }, (_, index) => {
        const left = x + (index % columns) * gap + gap / 2 - 6;
        const upper = top + 14 + Math.floor(index / columns) * 24;
        return (
          <path
            key={`${left} ${upper}`}
            d={`M${left} ${upper}h12v14h-12Z`}
            className={index === lit ? "fill-warning-soft" : main ? "fill-surface" : "fill-muted"}
          />
        );
      })}
      {door && <path d={`M${x + width / 2 - 9} ${GROUND}v-20a9 9 0 0 1 18 0v20Z`} className="fill-primary" />}
    </>
  );
}

export function Tree({ x, size }: { x: number; size: number }) {
  return (
    <>
      <path
        d={`M${x} ${GROUND}V${GROUND - size * 1.2}`}
        className="stroke-ink-soft"
        strokeWidth="4"
        strokeLinecap="round"
      />
      <circle cx={x} cy={GROUND - size * 1.7} r={size} className="fill-success" opacity="0.85" />
      <circle
        cx={x + size * 0.35}
        cy={GROUND - size * 1.95}
        r={size * 0.45}
        className="fill-success-soft"
        opacity="0.5"
      />
    </>
  );
}

export function Bench({ x }: { x: number }) {
  return (
    <path
      d={`M${x} ${GROUND - 12}h44M${x} ${GROUND - 22}h44M${x + 6} ${GROUND}v-22M${x + 38} ${GROUND}v-22`}
      className="stroke-ink-soft"
      strokeWidth="4"
      strokeLinecap="round"
    />
  );
}

export function Lamp({ x }: { x: number }) {
  return (
    <>
      <path d={`M${x} ${GROUND}v-54`} className="stroke-ink-soft" strokeWidth="3" />
      <circle cx={x} cy={GROUND - 58} r="6" className="fill-warning-soft stroke-ink-soft" strokeWidth="2" />
    </>
  );
}

const clothes = { a: "fill-primary", b: "fill-accent" } as const;

export function Person({
  x,
  tone,
  small = false,
}: {
  x: number;
  tone: keyof typeof clothes;
  small?: boolean;
}) {
  const height = small ? 20 : 28;
  const head = small ? 5 : 6;
  const shoulders = GROUND - height;
  return (
    <>
      <circle cx={x} cy={shoulders - head} r={head} className="fill-ink-soft" />
      <path
        d={`M${x - 8} ${GROUND}v-${height - 8}a8 8 0 0 1 16 0v${height - 8}Z`}
        className={clothes[tone]}
      />
    </>
  );
}
