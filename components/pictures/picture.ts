/** A picture as pages show it: its words, and its files by crop and format. Pure: no I/O. */

export const crops = ["wide", "square", "share", "whole"] as const;
export type Crop = (typeof crops)[number];
export const formats = ["avif", "webp", "jpg"] as const;
export type Format = (typeof formats)[number];
export const mediaTypes: Readonly<Record<Format, string>> = {
  avif: "image/avif",
  webp: "image/webp",
  jpg: "image/jpeg",
};

/** One file that pages show; it is named by its digest. */
export type Variant = { crop: Crop; format: Format; width: number; height: number; hash: string };

export type PictureView = {
  id: string;
  alternativeText: string;
  variants: readonly Variant[];
};

/** The address of a variant: its digest and nothing else, so that it never shows anything else. */
export function variantPath(slug: string, { hash, format }: Pick<Variant, "hash" | "format">): string {
  return `/api/pictures/${slug}/${hash}.${format}`;
}

/** `srcset` of one crop in one format, smallest first; empty where there is none. */
export function sourceSet(slug: string, variants: readonly Variant[], crop: Crop, format: Format): string {
  return variants
    .filter((variant) => variant.crop === crop && variant.format === format)
    .sort((a, b) => a.width - b.width)
    .map((variant) => `${variantPath(slug, variant)} ${variant.width}w`)
    .join(", ");
}

/** The JPEG of a crop, which every browser shows. */
export function plainVariant(variants: readonly Variant[], crop: Crop): Variant | undefined {
  return variants.find((variant) => variant.crop === crop && variant.format === "jpg");
}

/** What other sites show of a link to a page of this picture. */
export function sharedPicture(slug: string, picture: PictureView | undefined) {
  const shared = picture && plainVariant(picture.variants, "share");
  return (
    shared && {
      ...{ path: variantPath(slug, shared), width: shared.width, height: shared.height },
      alt: picture.alternativeText,
    }
  );
}
