import type { MetadataRoute } from "next";

export default function manifest(): MetadataRoute.Manifest {
  return {
    name: "Co-City",
    short_name: "Co-City",
    lang: "it",
    start_url: "/",
    // iPhone and iPad tell things on the device only for a site on the Home Screen that opens by itself.
    display: "standalone",
    background_color: "#ffffff",
    theme_color: "#004d99",
    icons: [
      { src: "/icon.svg", type: "image/svg+xml", sizes: "any" },
      { src: "/apple-icon.png", type: "image/png", sizes: "180x180" },
    ],
  };
}
