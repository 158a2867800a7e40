-- Names as lib/text-field.ts keeps them, so that people are found by them.
UPDATE "Person" SET "displayName" = btrim(regexp_replace(normalize("displayName", NFC), '\s+', ' ', 'g'))
WHERE "displayName" IS NOT NULL;

-- AlterTable
ALTER TABLE "Person" DROP COLUMN "emailEncrypted",
DROP COLUMN "notifyByEmail";
