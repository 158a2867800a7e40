import { useTranslations } from "next-intl";
import { TextLink } from "@/components/ui/link";

/** Where what can be verified is found: whoever comes without a code goes on from here. */
export function WhereCodesAre({ municipality }: { municipality: string }) {
  const t = useTranslations("verify.where");
  const params = { municipality };
  const places = [
    { name: "vote", href: { pathname: "/[municipality]/mine", params } },
    { name: "result", href: { pathname: "/[municipality]/rounds", params } },
    { name: "step", href: { pathname: "/[municipality]/commons", params } },
    { name: "payment", href: { pathname: "/[municipality]/funds", params } },
  ] as const;
  return (
    <section aria-labelledby="where" className="space-y-3 print:hidden">
      <h2 id="where" className="text-lg">
        {t("title")}
      </h2>
      <ul className="space-y-3 text-base">
        {places.map(({ name, href }) => (
          <li key={name}>
            <strong className="block">{t(`${name}.title`)}</strong>
            {t.rich(`${name}.text`, { place: (words) => <TextLink href={href}>{words}</TextLink> })}
          </li>
        ))}
      </ul>
    </section>
  );
}
