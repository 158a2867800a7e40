import { type Crop, type PictureView, plainVariant, sourceSet, variantPath } from "./picture";

/**
 * A photograph in one of its crops, in the smallest file that is sharp where it stands. `sizes` says how wide it is drawn.
 * It keeps its place before it is there; `early` is for what is seen without scrolling.
 */
export function Photograph({
  municipality,
  picture,
  crop,
  sizes,
  early = false,
  lang,
}: {
  municipality: string;
  picture: PictureView;
  crop: Extract<Crop, "wide" | "square">;
  sizes: string;
  early?: boolean;
  /** Where the page speaks another language than the words of the picture. */
  lang?: string;
}) {
  const plain = plainVariant(picture.variants, crop);
  if (!plain) return null;
  const { variants } = picture;
  return (
    <picture className={`block w-full bg-sunken ${crop === "wide" ? "aspect-video" : "aspect-square"}`}>
      <source type="image/avif" srcSet={sourceSet(municipality, variants, crop, "avif")} sizes={sizes} />
      <source type="image/webp" srcSet={sourceSet(municipality, variants, crop, "webp")} sizes={sizes} />
      <img
        src={variantPath(municipality, plain)}
        width={plain.width}
        height={plain.height}
        alt={picture.alternativeText}
        lang={lang}
        loading={early ? "eager" : "lazy"}
        fetchPriority={early ? "high" : "auto"}
        decoding="async"
        className="block h-full w-full object-cover"
      />
    </picture>
  );
}
