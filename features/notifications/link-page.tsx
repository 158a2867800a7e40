import type { ReactNode } from "react";
import { PageHeading } from "@/components/layout/page-heading";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";

/**
 * The page of a mailed link: what the button does, what was done, or that the link is none of ours. Other sites are not
 * told the address as it is; a policy of no referrer at all would let the button's post come from nowhere.
 */
export function LinkPage({
  title,
  action,
  button,
  done,
  gone,
  children,
}: {
  title: string;
  action: string;
  button: string;
  /** What was done, once it was. */
  done: string | undefined;
  /** Why there is nothing to do, where the link is not good. */
  gone: { title: string; text: string } | undefined;
  children: ReactNode;
}) {
  return (
    <>
      <PageHeading title={title} />
      <div className="max-w-text space-y-6">
        {gone ? (
          <Notice tone="warning" title={gone.title}>
            {gone.text}
          </Notice>
        ) : done ? (
          <Notice tone="success" live="status" title={done} />
        ) : (
          <>
            {children}
            <form action={action} method="post">
              {/* The front takes no post that is empty; mail programs send the same. */}
              <input type="hidden" name="List-Unsubscribe" value="One-Click" />
              <Button type="submit" icon="check">
                {button}
              </Button>
            </form>
          </>
        )}
      </div>
    </>
  );
}
