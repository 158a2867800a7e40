-- Both extensions may be created by the database's owner.
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA public;

-- Italian words without their accents. Stop words are known by their accents, so they are taken out before.
CREATE TEXT SEARCH DICTIONARY public.italian_stop_words (TEMPLATE = pg_catalog.simple, STOPWORDS = italian, ACCEPT = false);
CREATE TEXT SEARCH CONFIGURATION public.cocity (COPY = pg_catalog.italian);
ALTER TEXT SEARCH CONFIGURATION public.cocity
  ALTER MAPPING FOR asciiword, asciihword, hword_asciipart, word, hword, hword_part
  WITH public.italian_stop_words, public.unaccent, pg_catalog.italian_stem;

-- A text as it is compared: without accents and capitals; and the same without whatever is no letter or digit.
CREATE FUNCTION public.plain_text(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT lower(public.unaccent('public.unaccent'::regdictionary, $1)) $$;
CREATE FUNCTION public.compact_text(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT regexp_replace(lower(public.unaccent('public.unaccent'::regdictionary, $1)), '[^a-z0-9]+', '', 'g') $$;

-- What is searched through is indexed where it stands, so that no copy of it can be out of date. The expressions are those of
-- features/search/source-queries.ts.
CREATE INDEX "Commons_words_idx" ON "Commons" USING gin
  (to_tsvector('public.cocity', "name" || ' ' || coalesce("address", '') || ' ' || "description"));
CREATE INDEX "Commons_compact_idx" ON "Commons" USING gin
  (public.compact_text("name" || ' ' || coalesce("address", '')) public.gin_trgm_ops);
CREATE INDEX "Proposal_words_idx" ON "Proposal" USING gin (to_tsvector('public.cocity', "title" || ' ' || "summary"));
CREATE INDEX "Proposal_compact_idx" ON "Proposal" USING gin (public.compact_text("title") public.gin_trgm_ops);
CREATE INDEX "Attachment_words_idx" ON "Attachment" USING gin
  (to_tsvector('public.cocity', translate("name", '._-', '   '))) WHERE "public";
CREATE INDEX "Attachment_compact_idx" ON "Attachment" USING gin (public.compact_text("name") public.gin_trgm_ops) WHERE "public";
