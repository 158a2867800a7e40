/** The page of the control room as it is sent, in both languages and in views that show every part of it. */
import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { beforeAll, expect, it } from "vitest";
import { withOrdered } from "@/chaincode/testing/pact-story";
import en from "@/messages/en.json";
import italian from "@/messages/it.json";
import { projectCity } from "../open-data/project-city";
import { RecordedCity } from "../open-data/recorded-city";
import { serverActions } from "./actions/request";
import { settle } from "./actions/town";

const { db } = await serverActions();
const { default: ControlRoomPage } = await import("@/app/[locale]/[municipality]/control-room/page");

beforeAll(async () => {
  await settle(db);
  const city = await RecordedCity.founded();
  await withOrdered(city);
  await projectCity(db, city);
});

const views = [
  {},
  { per: "district" },
  { per: "form" },
  { per: "commons" },
  { per: "payee" },
  { per: "state" },
];

it.each(views)("%j", async (view) => {
  const errors: string[] = [];
  const props = {
    params: Promise.resolve({ locale: "it", municipality: "torino" }),
    searchParams: Promise.resolve(view),
  };
  const page = await ControlRoomPage(props as never);
  for (const [locale, messages] of [
    ["it", italian],
    ["en", en],
  ] as const) {
    const markup = renderToStaticMarkup(
      <NextIntlClientProvider
        locale={locale}
        messages={messages as never}
        timeZone="Europe/Rome"
        onError={({ message }) => errors.push(message)}
      >
        {page}
      </NextIntlClientProvider>,
    );
    expect(markup).toContain("<h1>");
  }
  expect(errors).toEqual([]);
});
