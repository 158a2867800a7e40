import { useTranslations } from "next-intl";
import { ActionButton } from "@/components/ui/action-button";
import { ButtonLink } from "@/components/ui/link";
import { followCommons, unfollowCommons } from "./engagement-actions";

/** To be told of every step, or no longer. */
export function FollowButton({
  commons,
  followed,
  signedIn,
}: {
  commons: string;
  followed: boolean;
  signedIn: boolean;
}) {
  const t = useTranslations("engagement");
  if (!signedIn)
    return (
      <ButtonLink look="secondary" icon="sign-in" href="/sign-in">
        {t("signIn")}
      </ButtonLink>
    );
  return (
    <ActionButton action={followed ? unfollowCommons : followCommons} fields={{ commons }} icon="bell">
      {t(followed ? "unfollow" : "follow")}
    </ActionButton>
  );
}
