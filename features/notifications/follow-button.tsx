import { useTranslations } from "next-intl";
import { ActionButton } from "@/components/ui/action-button";
import { ButtonLink } from "@/components/ui/link";
import { subscribe, unsubscribe } from "./actions";
import type { SubscriptionKind } from "./rules";

/** To be told of every step, or no longer. */
export function FollowButton({
  kind,
  subject = "",
  followed,
  signedIn,
  describedBy,
}: {
  kind: SubscriptionKind;
  /** Its id; the whole municipality has none. */
  subject?: string;
  followed: boolean;
  signedIn: boolean;
  describedBy?: string;
}) {
  const t = useTranslations("notifications");
  if (!signedIn)
    return (
      <ButtonLink look="secondary" icon="sign-in" href="/sign-in">
        {t("signInToFollow")}
      </ButtonLink>
    );
  return (
    <ActionButton
      action={followed ? unsubscribe : subscribe}
      fields={{ kind, subject }}
      icon="bell"
      {...(describedBy !== undefined && { describedBy })}
    >
      {t(followed ? `unfollow.${kind}` : `follow.${kind}`)}
    </ActionButton>
  );
}
