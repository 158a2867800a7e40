import { classNames } from "./class-names";

export type ButtonLook = "primary" | "secondary" | "danger" | "plain";

const looks: Record<ButtonLook, string> = {
  primary: "bg-primary text-on-primary border-primary hover:bg-primary-strong hover:border-primary-strong",
  secondary: "bg-surface text-link border-primary hover:bg-sunken",
  danger: "bg-danger text-on-danger border-danger hover:bg-danger-strong hover:border-danger-strong",
  plain: "border-transparent bg-transparent text-link underline underline-offset-4 hover:bg-sunken",
};

/** Shape shared by buttons and by links that look like them. */
export function buttonClass(look: ButtonLook = "primary", className?: string): string {
  return classNames(
    "inline-flex min-h-11 min-w-11 items-center justify-center gap-2 rounded-smooth border-2 px-5 py-2 text-center",
    "font-semibold leading-tight disabled:cursor-not-allowed disabled:opacity-60",
    "aria-disabled:cursor-not-allowed aria-disabled:opacity-60",
    looks[look],
    className,
  );
}
