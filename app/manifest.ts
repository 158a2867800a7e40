import type { MetadataRoute } from "next";

export default function manifest(): MetadataRoute.Manifest {
  return {
    name: "Co-City",
    short_name: "Co-City",
    lang: "it",
    start_url: "/",
    display: "browser",
    background_color: "#ffffff",
    theme_color: "#004d99",
    icons: [
      { src: "/icon.svg", type: "image/svg+xml", sizes: "any" },
      { src: "/apple-icon.png", type: "image/png", sizes: "180x180" },
    ],
  };
}
