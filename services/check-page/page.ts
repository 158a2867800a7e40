/** The page on which an organisation lets people check their ballots: one form, in the words of the site. */
import english from "@/messages/en.json";
import italian from "@/messages/it.json";
import { escapeHtml, type PageLanguage, trialPage } from "../trial-page";

const messages = { it: italian, en: english } as const;

export function checkPage(language: PageLanguage, site: string, round: string): string {
  const { sealedVoting, sealedPages } = messages[language];
  const { checking, faults, words } = sealedVoting;
  const { checkElsewhere } = sealedPages;
  const texts = {
    ...Object.fromEntries(Object.entries(faults.codes).map(([code, text]) => [`fault.${code}`, text])),
    ...checking,
    ...{ ...words.faults, word_count: checkElsewhere.twelve },
    failed: faults.title,
  };
  const text = (value: string) => escapeHtml(value);
  return trialPage(
    { language, styles: "/style.css" },
    text(checking.title),
    `<p>${text(checkElsewhere.from.replace("{site}", new URL(site).host))}</p>
<form hidden autocomplete="off"><label for="words">${text(words.type)}</label>
<textarea id="words" name="words" rows="3" required spellcheck="false" autocapitalize="none" aria-describedby="stay"></textarea>
<p id="stay">${text(words.typeHint)} ${text(checkElsewhere.stays)}</p><button>${text(checking.go)}</button></form>
<div id="answer" role="status"></div><noscript><p>${text(checkElsewhere.noScript)}</p></noscript>
<script type="application/json" id="given">${JSON.stringify({ site: `${site}/api/sealed/${round}`, texts }).replaceAll("<", "\\u003c")}</script>
<script src="/script.js" defer></script>`,
  );
}
