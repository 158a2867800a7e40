import "../globals.css";
import "../print.css";
import "@/components/layout/fonts.css";
import type { Metadata, Viewport } from "next";
import { notFound } from "next/navigation";
import { hasLocale } from "next-intl";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { lora, robotoMono, titillium } from "@/components/layout/fonts";
import { NavigationProgress } from "@/components/layout/navigation-progress";
import { ServiceWorker } from "@/components/layout/service-worker";
import { SkipLink } from "@/components/layout/skip-link";
import { SharedMessages } from "@/components/messages";
import { Icon } from "@/components/ui/icon";
import { env } from "@/lib/env";
import { routing } from "@/lib/language/routing";
import { chosenTheme } from "@/lib/theme";

// The content security policy has a nonce for each request, so no page can be drawn ahead of it.
export const dynamic = "force-dynamic";

export const viewport: Viewport = { width: "device-width", initialScale: 1, colorScheme: "light dark" };

export async function generateMetadata({ params }: LayoutProps<"/[locale]">): Promise<Metadata> {
  const { locale } = await params;
  if (!hasLocale(routing.locales, locale)) notFound();
  const t = await getTranslations({ locale, namespace: "site" });
  return {
    metadataBase: new URL(env.ORIGIN),
    title: { default: `Co-City — ${t("tagline")}`, template: "%s — Co-City" },
    description: t("description"),
    applicationName: "Co-City",
    openGraph: {
      siteName: "Co-City",
      type: "website",
      locale: locale === "it" ? "it_IT" : "en_GB",
      images: [{ url: "/share.png", width: 1200, height: 630, alt: "Co-City" }],
    },
    twitter: { card: "summary_large_image" },
    formatDetection: { telephone: false, address: false, email: false },
  };
}

export default async function RootLayout({ children, params }: LayoutProps<"/[locale]">) {
  const { locale } = await params;
  if (!hasLocale(routing.locales, locale)) notFound();
  const t = await getTranslations("ui");
  return (
    <html
      lang={locale}
      data-theme={await chosenTheme()}
      className={`${titillium.variable} ${lora.variable} ${robotoMono.variable}`}
    >
      <body className="flex min-h-dvh flex-col">
        <SharedMessages>
          <ServiceWorker />
          <SkipLink />
          <Suspense>
            <NavigationProgress>
              <Icon name="hourglass" size="small" />
              {t("opening")}
            </NavigationProgress>
          </Suspense>
          {children}
        </SharedMessages>
      </body>
    </html>
  );
}
