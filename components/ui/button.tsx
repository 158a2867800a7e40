import type { ComponentProps, ReactNode } from "react";
import { type ButtonLook, buttonClass } from "./button-class";
import { Icon, type IconName } from "./icon";

type ButtonProps = ComponentProps<"button"> & { look?: ButtonLook; icon?: IconName; children: ReactNode };

/** A button says what will happen: «Pubblica la proposta», not «OK». */
export function Button({ look, icon, className, children, type = "button", ...rest }: ButtonProps) {
  return (
    <button type={type} className={buttonClass(look, className)} {...rest}>
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}
