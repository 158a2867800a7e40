import { useLocale, useTranslations } from "next-intl";
import { Photograph } from "@/components/pictures/photograph";
import { TextLink } from "@/components/ui/link";
import { formatDate } from "@/lib/format";
import type { PictureDetails } from "./queries";

/** Pictures side by side, each with who took it and when; each opens its own page. */
export function Gallery({
  municipality,
  pictures,
}: {
  municipality: string;
  pictures: readonly PictureDetails[];
}) {
  return (
    <ul className="grid gap-6 sm:grid-cols-2">
      {pictures.map((picture) => (
        <li key={picture.id}>
          <PictureFigure
            municipality={municipality}
            picture={picture}
            sizes="(min-width: 576px) 50vw, 100vw"
          />
        </li>
      ))}
    </ul>
  );
}

/** The same place before and after the works of a pact: the first and the latest picture of each. */
export function BeforeAndAfter({
  municipality,
  pictures,
}: {
  municipality: string;
  pictures: readonly PictureDetails[];
}) {
  const t = useTranslations("pictures.moments");
  const before = pictures.find(({ moment }) => moment === "before");
  const after = pictures.find(({ moment }) => moment === "after");
  return (
    <div className="grid gap-6 sm:grid-cols-2">
      {[before, after].map(
        (picture) =>
          picture?.moment && (
            <div key={picture.id} className="space-y-2">
              <h3 className="text-lg">{t(picture.moment)}</h3>
              <PictureFigure
                municipality={municipality}
                picture={picture}
                sizes="(min-width: 576px) 50vw, 100vw"
              />
            </div>
          ),
      )}
    </div>
  );
}

export function PictureFigure({
  municipality,
  picture,
  sizes,
  early,
}: {
  municipality: string;
  picture: PictureDetails;
  sizes: string;
  early?: boolean;
}) {
  const t = useTranslations("pictures");
  const locale = useLocale();
  const { id, author, takenOn, moment, about, own } = picture;
  return (
    <figure className="space-y-2">
      <div className="overflow-hidden rounded-smooth border border-line">
        <Photograph
          municipality={municipality}
          picture={picture}
          crop="wide"
          sizes={sizes}
          {...(early && { early })}
          {...(locale !== "it" && { lang: "it" })}
        />
      </div>
      <figcaption className="text-base text-ink-soft">
        {moment && `${t(`moments.${moment}`)}. `}
        {t("credit", { author, date: formatDate(takenOn, locale) })}{" "}
        {/* One that is not published has a page for those alone who write the draft. */}
        {(about.type !== "draft" || own) && (
          <TextLink
            href={{ pathname: "/[municipality]/pictures/[picture]", params: { municipality, picture: id } }}
          >
            {t(about.type === "draft" ? "openToChange" : "open")}
            <span className="sr-only">: {picture.alternativeText}</span>
          </TextLink>
        )}
      </figcaption>
    </figure>
  );
}
