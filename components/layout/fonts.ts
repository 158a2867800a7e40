import localFont from "next/font/local";

// Latin only here: preloaded, with a fallback of the same width. The rest of the alphabet is in fonts.css.
export const titillium = localFont({
  src: [
    {
      path: "../../node_modules/@fontsource/titillium-web/files/titillium-web-latin-400-normal.woff2",
      weight: "400",
    },
    {
      path: "../../node_modules/@fontsource/titillium-web/files/titillium-web-latin-600-normal.woff2",
      weight: "600",
    },
    {
      path: "../../node_modules/@fontsource/titillium-web/files/titillium-web-latin-700-normal.woff2",
      weight: "700",
    },
  ],
  variable: "--titillium",
  fallback: ["system-ui", "sans-serif"],
});

export const lora = localFont({
  src: [
    { path: "../../node_modules/@fontsource/lora/files/lora-latin-400-normal.woff2", weight: "400" },
    {
      path: "../../node_modules/@fontsource/lora/files/lora-latin-400-italic.woff2",
      weight: "400",
      style: "italic",
    },
    { path: "../../node_modules/@fontsource/lora/files/lora-latin-600-normal.woff2", weight: "600" },
  ],
  variable: "--lora",
  preload: false,
  fallback: ["Georgia", "serif"],
});

export const robotoMono = localFont({
  src: [
    {
      path: "../../node_modules/@fontsource/roboto-mono/files/roboto-mono-latin-400-normal.woff2",
      weight: "400",
    },
  ],
  variable: "--roboto-mono",
  preload: false,
  fallback: ["ui-monospace", "monospace"],
});
