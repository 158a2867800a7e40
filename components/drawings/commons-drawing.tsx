import type { ReactNode } from "react";
import { Bench, Block, Ground, Lamp, Person, Sky, Tree } from "./parts";
import { Variation } from "./variation";

/** A drawing of a kind of commons, where there is no photograph. It says nothing that the words beside it do not. */
export function CommonsDrawing({
  kind,
  seed,
  square = false,
}: {
  kind: string;
  seed: string;
  square?: boolean;
}) {
  const draw = scenes[kind] ?? scenes.immaterial;
  const vary = new Variation(seed);
  return (
    <svg
      viewBox="0 0 320 180"
      preserveAspectRatio="xMidYMax slice"
      className={`block w-full bg-sunken ${square ? "aspect-square" : "aspect-video"}`}
      aria-hidden="true"
      focusable="false"
    >
      <Sky vary={vary} />
      {draw?.(vary)}
    </svg>
  );
}

const scenes: Readonly<Record<string, (vary: Variation) => ReactNode>> = {
  building: (vary) => {
    const left = vary.number(48, 80);
    const width = vary.number(110, 140);
    return (
      <>
        <Block x={left - 42} width={58} height={vary.number(54, 74)} tone="quiet" vary={vary} />
        <Block x={left + width - 12} width={70} height={vary.number(46, 66)} tone="quiet" vary={vary} />
        <Block
          x={left}
          width={width}
          height={vary.number(86, 108)}
          tone="main"
          roof={vary.oneOf(["gable", "flat"])}
          door
          vary={vary}
        />
        <Ground />
        <Tree x={left + width + 34} size={vary.number(20, 28)} />
        <Person x={left + width / 2 + 30} tone="a" />
      </>
    );
  },
  green_area: (vary) => (
    <>
      <path d="M0 138C60 104 120 112 180 132S290 116 320 126V180H0Z" className="fill-success-soft" />
      <Ground tone="green" />
      {trees(vary, vary.number(4, 6))}
      <Bench x={vary.number(120, 190)} />
      <Person x={vary.number(60, 110)} tone="b" />
    </>
  ),
  square: (vary) => {
    const first = vary.number(50, 66);
    return (
      <>
        <Block x={-6} width={first + 14} height={vary.number(60, 84)} tone="quiet" vary={vary} />
        <Block x={first + 8} width={74} height={vary.number(48, 66)} tone="main" vary={vary} />
        <Block x={first + 150} width={78} height={vary.number(52, 76)} tone="quiet" vary={vary} />
        <Block x={first + 226} width={60} height={vary.number(64, 86)} tone="main" vary={vary} />
        <Ground tone="paved" />
        <Lamp x={first + 110} />
        <Tree x={first + 134} size={vary.number(16, 22)} />
        <Person x={first + 92} tone="a" />
        <Person x={first + 164} tone="b" />
      </>
    );
  },
  school: (vary) => {
    const x = vary.number(40, 64);
    return (
      <>
        <Block x={x} width={188} height={vary.number(60, 72)} tone="main" door vary={vary} />
        <Block x={x + 66} width={56} height={vary.number(88, 98)} tone="main" roof="gable" door vary={vary} />
        <path d={`M${x + 94} 50V26`} className="stroke-ink" strokeWidth="2" />
        <path d={`M${x + 94} 27h22l-6 6l6 6h-22Z`} className="fill-accent" />
        <Ground />
        <Tree x={x + 214} size={vary.number(20, 26)} />
        <Person x={x + 24} tone="a" small />
        <Person x={x + 42} tone="b" small />
        <Person x={x + 158} tone="a" small />
      </>
    );
  },
  immaterial: (vary) => (
    <>
      <Ground tone="green" />
      <path
        d="M70 44h84a10 10 0 0 1 10 10v30a10 10 0 0 1 -10 10h-56l-16 16v-16h-12a10 10 0 0 1 -10 -10v-30a10 10 0 0 1 10 -10Z"
        className="fill-primary-soft"
      />
      <path
        d="M190 60h62a9 9 0 0 1 9 9v24a9 9 0 0 1 -9 9h-8v14l-14 -14h-40a9 9 0 0 1 -9 -9v-24a9 9 0 0 1 9 -9Z"
        className="fill-accent-soft"
      />
      <path
        d="M76 62h74M76 76h50M194 78h54"
        className="stroke-ink-soft"
        strokeWidth="4"
        strokeLinecap="round"
      />
      <Person x={vary.number(66, 82)} tone="a" />
      <Person x={vary.number(112, 128)} tone="b" />
      <Person x={vary.number(184, 200)} tone="a" />
      <Person x={vary.number(228, 244)} tone="b" />
    </>
  ),
};

function trees(vary: Variation, count: number): ReactNode {
  return Array.from({ length: count }, (_, index) => {
    const x = ((index + 0.5) * 320) / count + vary.number(-16, 16);
    return <Tree key={x} x={x} size={vary.number(18, 34)} />;
  });
}
