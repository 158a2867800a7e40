import type { ReactNode } from "react";

/** Something to choose, with its picture, its control, and what it is about. */
export function ChoiceCard({
  picture,
  control,
  about,
  children,
}: {
  picture: ReactNode;
  control: ReactNode;
  about: ReactNode;
  /** What else can be done with it. */
  children?: ReactNode;
}) {
  return (
    <li className="flex flex-col gap-3 overflow-hidden rounded-smooth border-2 border-line bg-surface p-4 has-[:checked]:border-primary has-[:checked]:bg-primary-soft">
      <div className="-mx-4 -mt-4 border-line border-b">{picture}</div>
      {control}
      {about}
      {children}
    </li>
  );
}

/** Chosen by ticking it. */
export function TickedControl({
  id,
  label,
  ...input
}: {
  id: string;
  label: ReactNode;
  type: "radio" | "checkbox";
  name: string;
  value: number;
  defaultChecked?: boolean;
  checked?: boolean;
  onChange?: (ticked: boolean) => void;
}) {
  const { onChange, ...rest } = input;
  return (
    <div className="flex items-start gap-3">
      <input
        {...rest}
        {...(onChange && { onChange: (event) => onChange(event.target.checked) })}
        id={id}
        aria-describedby={`${id}-about`}
        className="mt-0.5 size-6 shrink-0 accent-primary"
      />
      <label htmlFor={id} className="block min-h-11 grow font-semibold text-lg">
        {label}
      </label>
    </div>
  );
}
