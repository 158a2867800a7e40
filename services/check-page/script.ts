/**
 * The check after the closing on a page of an organisation's own: the same program as on the site, served from here, asks
 * the site for the public list without cookies. The texts are those of the site, put into the page by its server.
 */
import { countCheck } from "@/features/sealed-voting/count-check";
import type { Checked } from "@/features/sealed-voting/device/final-list";
import { Device, faultOf } from "@/features/sealed-voting/device-client";
import type { ReadWords } from "@/voting/sealed/words";

interface Given {
  /** Where the site tells of the round. */
  readonly site: string;
  readonly texts: Readonly<Record<string, string>>;
}

const { site, texts } = JSON.parse(document.querySelector("#given")?.textContent ?? "{}") as Given;
const form = document.querySelector("form") as HTMLFormElement;
const words = form.elements.namedItem("words") as HTMLTextAreaElement;
const answer = document.querySelector("#answer") as HTMLElement;

form.addEventListener("submit", (event) => {
  event.preventDefault();
  check().catch((error: unknown) => say([heading(texts.failed), paragraph(faultText(error))]));
});
form.hidden = false;

async function check(): Promise<void> {
  say([paragraph(texts.busy)]);
  const device = await Device.start(site, ({ bundle }) => `/program/${bundle}.js`);
  try {
    const read = await device.ask("readWords", { text: words.value });
    if (!("seed" in read)) return say([heading(texts.failed), paragraph(wordsFault(read))]);
    const { seed } = read;
    const holding = await device.ask("restore", { seed });
    const checked = await device.ask("check", { seed, holding });
    await countCheck(site, checked);
    await show(checked);
  } finally {
    device.end();
  }
}

async function show(checked: Checked): Promise<void> {
  if (checked.state === "not_closed") return say([heading(texts.notClosed), paragraph(texts.notClosedText)]);
  if (checked.state === "absent") return say([heading(texts.absent), paragraph(texts.absentText)]);
  const parts = [heading(texts.stands), paragraph(texts.standsText?.replace("{seq}", String(checked.seq)))];
  const { opened } = checked;
  if (!opened) return say([...parts, paragraph(texts.notOpened)]);
  if ("void" in opened) return say([...parts, paragraph(texts.void)]);
  const titles = await projectTitles();
  const list = document.createElement(opened.content.type === "ranking" ? "ol" : "ul");
  for (const [index, choice] of opened.content.choices.entries()) {
    const line = document.createElement("li");
    const points = opened.content.type === "points" ? ` – ${opened.content.points[index] ?? "0"}` : "";
    line.textContent = `${choice}. ${titles.get(choice) ?? ""}${points}`;
    list.append(line);
  }
  say([...parts, paragraph(texts.says), list, paragraph(texts.other), differsButton()]);
}

function differsButton(): HTMLElement {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = texts.differs ?? "";
  button.addEventListener("click", async () => {
    await countCheck(site, "differs");
    button.replaceWith(paragraph(texts.differsTold));
  });
  return button;
}

async function projectTitles(): Promise<Map<string, string>> {
  const response = await fetch(`${site}/projects`, { credentials: "omit" }).catch(() => undefined);
  const projects: { number: number; title: string }[] = response?.ok ? await response.json() : [];
  return new Map(projects.map(({ number, title }) => [String(number), title]));
}

function wordsFault(read: Exclude<ReadWords, { seed: Uint8Array }>): string | undefined {
  if (read.fault !== "unknown_word") return texts[read.fault];
  return texts.unknown_word?.replace("{place}", String(read.place)).replace("{word}", read.word);
}

function faultText(error: unknown): string | undefined {
  return texts[`fault.${faultOf(error).code}`] ?? texts["fault.failed"];
}

function say(parts: readonly HTMLElement[]): void {
  answer.replaceChildren(...parts);
}

function heading(text = ""): HTMLElement {
  return withText("h2", text);
}

function paragraph(text = ""): HTMLElement {
  return withText("p", text);
}

function withText(name: "h2" | "p", text: string): HTMLElement {
  const element = document.createElement(name);
  element.textContent = text;
  return element;
}
