"use client";

import "./globals.css";

/** The last resort: the layout itself failed, so no language and no texts are known. It says it in both. */
export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  return (
    <html lang="it">
      <body>
        <main className="mx-auto max-w-form space-y-6 px-4 py-8">
          <title>Co-City</title>
          <h1>Qualcosa non ha funzionato</h1>
          <p>
            Non è colpa tua. Riprova tra poco. Se succede ancora, comunica questo codice:{" "}
            <code>{error.digest}</code>
          </p>
          <div lang="en" className="space-y-2">
            <h2>Something did not work</h2>
            <p>
              It is not your fault. Try again shortly. If it happens again, quote this code:{" "}
              <code>{error.digest}</code>
            </p>
          </div>
        </main>
      </body>
    </html>
  );
}
