import { useLocale } from "next-intl";
import { CommonsDrawing } from "@/components/drawings/commons-drawing";
import { Photograph } from "./photograph";
import type { PictureView } from "./picture";

/**
 * The photograph of a commons or of a proposal on it, 16:9 or 1:1; where there is none, the drawing of its kind.
 * `sizes` says how wide it is drawn, as the `sizes` of an image does.
 */
export function CommonsPicture({
  municipality,
  picture,
  kind,
  seed,
  crop = "wide",
  sizes = "(min-width: 1280px) 24rem, (min-width: 768px) 50vw, 100vw",
  early,
}: {
  /** The municipality's part of the address. */
  municipality: string;
  picture: PictureView | undefined;
  kind: string;
  /** Id of the commons, which its drawing is made from. */
  seed: string;
  crop?: "wide" | "square";
  sizes?: string;
  early?: boolean;
}) {
  const locale = useLocale();
  if (picture)
    return (
      <Photograph
        municipality={municipality}
        picture={picture}
        crop={crop}
        sizes={sizes}
        {...(early && { early })}
        {...(locale !== "it" && { lang: "it" })}
      />
    );
  return <CommonsDrawing kind={kind} seed={seed} square={crop === "square"} />;
}
