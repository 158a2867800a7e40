/** What a picture is, who may use it and how it is cut. Pure: no I/O. */

/** A draft’s pictures are of a proposal that nobody has published; with it they become the proposal’s. */
export const subjectTypes = ["commons", "proposal", "draft", "pact", "house", "municipality"] as const;
export type SubjectType = (typeof subjectTypes)[number];

/** What a picture shows. */
export type PictureSubject = { type: SubjectType; id: string };

/** Of a pact: before or after its works. */
export const moments = ["before", "after"] as const;
export type Moment = (typeof moments)[number];

export const licenses = ["CC-BY-4.0", "CC-BY-SA-4.0", "CC0-1.0"] as const;
export type License = (typeof licenses)[number];

/** Where a licence's own words stand. */
export const licenseAddresses: Readonly<Record<License, string>> = {
  "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
  "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
  "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
};

/** Whether somebody can be recognised: nobody, or people who agreed. */
export const peopleAnswers = ["none", "consenting"] as const;

/** The part that a crop keeps: what draws the eye, or a place in the picture. */
export const focuses = [
  "attention",
  "centre",
  "north",
  "south",
  "west",
  "east",
  "northwest",
  "northeast",
  "southwest",
  "southeast",
] as const;
export type Focus = (typeof focuses)[number];

export const removalReasons = [
  "consent_withdrawn",
  "rights",
  "not_this_place",
  "offensive",
  "other",
] as const;
export const reportReasons = ["recognisable", "rights", "not_this_place", "offensive", "other"] as const;

/** Media types and endings that a photograph may have when it is sent. */
export const photographEndings = ".jpg,.jpeg,.png,.webp,.heic,.heif";

/** Media types and endings that a coat of arms may have: those that keep what is transparent first. */
export const emblemEndings = ".png,.webp,.jpg,.jpeg";

/** The room that a coat of arms has in the header, pixels. */
export const EMBLEM_HEIGHT = 64;
export const EMBLEM_WIDTH = 96;

/** The smallest side by side that still fills a telephone's screen. */
export const LEAST_WIDTH = 640;
export const LEAST_HEIGHT = 360;

/** What the files of a picture are called among those that are kept: as it was sent, as it is shown, as it was shown before. */
export const SOURCE = "picture";
export const VARIANT = "picture_variant";
export const REPLACED = "picture_replaced";
/** As it is shown to the author of a draft alone, and to the offices once it is submitted. */
export const DRAFT_VARIANT = "picture_draft";

/** Pictures that one commons, Casa or Comune may have. */
export const MOST_PICTURES = 60;
/** Pictures that a draft may have: they are for reading the proposal by, not an album. */
export const MOST_IN_DRAFT = 8;
