import type { ComponentProps, ReactNode } from "react";
import { Link } from "@/lib/language/navigation";
import { type ButtonLook, buttonClass } from "./button-class";
import { classNames } from "./class-names";
import { Icon, type IconName } from "./icon";

type TextLinkProps = ComponentProps<typeof Link> & { children: ReactNode };

/**
 * A link in running text. Pages are never prefetched: each is drawn for the request, and a page of fifty links
 * would ask for fifty pages.
 */
export function TextLink({ className, ...rest }: TextLinkProps) {
  return <Link prefetch={false} className={classNames(textLinkClass, className)} {...rest} />;
}

export const textLinkClass = "text-link underline underline-offset-4 hover:decoration-2";

/** A link that looks like a button, for the one thing to do next. */
export function ButtonLink({
  look,
  icon,
  className,
  children,
  ...rest
}: TextLinkProps & { look?: ButtonLook; icon?: IconName }) {
  return (
    <Link prefetch={false} className={buttonClass(look, className)} {...rest}>
      {icon && <Icon name={icon} />}
      {children}
    </Link>
  );
}

/** A link to a file or to another site; a site is opened in the same window and told apart by its icon. */
export function PlainLink({
  href,
  icon,
  children,
  download,
}: {
  href: string;
  icon?: IconName;
  children: ReactNode;
  download?: boolean;
}) {
  const external = /^https?:/.test(href);
  return (
    <a href={href} className={textLinkClass} download={download} rel={external ? "noopener" : undefined}>
      {/* No space that the line under the words would run through. */}
      {icon && (
        <span className="mr-1.5 inline-block">
          <Icon name={icon} size="small" />
        </span>
      )}
      {children}
      {external && (
        <span className="ml-1.5 inline-block">
          <Icon name="external" size="small" />
        </span>
      )}
    </a>
  );
}
