"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { TextArea, TextField } from "@/components/ui/inputs";
import { Notice } from "@/components/ui/notice";
import type { ReadWords } from "@/voting/sealed/words";
import { ScreenActions } from "./screen";

/** The twelve words, numbered, large enough to be copied onto paper. */
export function WordsShown({ words }: { words: readonly string[] }) {
  const t = useTranslations("sealedVoting.words");
  return (
    <ol
      aria-label={t("list")}
      className="grid grid-cols-1 gap-x-6 gap-y-1 rounded-smooth border-2 border-line bg-surface p-4 min-[360px]:grid-cols-2"
    >
      {words.map((word, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a word may come twice, and its place is what counts
        <li key={index} className="flex gap-3 text-lg">
          <span className="w-7 text-right text-ink-soft tabular-nums">{index + 1}.</span>
          <strong lang="it" translate="no">
            {word}
          </strong>
        </li>
      ))}
    </ol>
  );
}

/** Three of them asked back: whoever has written them down reads them off the paper. */
export function WordsAsked({
  words,
  places,
  onRight,
  onShow,
}: {
  words: readonly string[];
  /** Which ones, from 0. */
  places: readonly number[];
  onRight: () => void;
  onShow: () => void;
}) {
  const t = useTranslations("sealedVoting.words");
  const id = useId();
  const [wrong, setWrong] = useState<readonly number[]>([]);
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const read = (place: number) => plain(String(form.get(`word-${place}`) ?? ""));
    const faults = places.filter((place) => read(place) !== plain(words[place] ?? ""));
    setWrong(faults);
    if (faults.length === 0) onRight();
  }
  return (
    <form onSubmit={submit} noValidate className="space-y-5">
      {places.map((place) => (
        <TextField
          key={place}
          field={{
            ...{ id: `${id}-${place}`, name: `word-${place}` },
            errors: wrong.includes(place) ? [t("wrongWord", { place: place + 1 })] : undefined,
          }}
          label={t("word", { place: place + 1 })}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          lang="it"
        />
      ))}
      {wrong.length > 0 && (
        <Notice tone="warning" live="alert">
          {t("wrong")}
        </Notice>
      )}
      <ScreenActions>
        <Button type="submit" icon="check">
          {t("compare")}
        </Button>
        <Button look="secondary" icon="eye" onClick={onShow}>
          {t("showAgain")}
        </Button>
      </ScreenActions>
    </form>
  );
}

/** All twelve, typed in on a second device. */
export function WordsTyped({
  read,
  onSeed,
  submitLabel,
}: {
  read: (text: string) => Promise<ReadWords>;
  onSeed: (seed: Uint8Array) => void;
  submitLabel: string;
}) {
  const t = useTranslations("sealedVoting.words");
  const id = useId();
  const [text, setText] = useState("");
  const [fault, setFault] = useState<string>();
  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const typed = String(new FormData(event.currentTarget).get("words") ?? "");
    setText(typed);
    const found = await read(typed);
    if ("seed" in found) {
      setFault(undefined);
      onSeed(found.seed);
    } else if (found.fault === "unknown_word") {
      setFault(t("faults.unknown_word", { place: found.place, word: found.word }));
    } else if (found.fault === "word_count") {
      setFault(t("faults.word_count", { words: found.words }));
    } else setFault(t("faults.checksum"));
  }
  return (
    <form onSubmit={submit} noValidate className="space-y-5">
      <TextArea
        field={{ id, name: "words", errors: fault ? [fault] : undefined, initialValue: text }}
        label={t("type")}
        hint={t("typeHint")}
        rows={4}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        lang="it"
      />
      <Button type="submit" icon="check">
        {submitLabel}
      </Button>
    </form>
  );
}

/** As people write: capitals, accents and spaces do not matter. */
function plain(word: string): string {
  return word
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z]/g, "");
}
