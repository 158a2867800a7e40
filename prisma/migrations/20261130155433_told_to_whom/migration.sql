-- AlterTable
ALTER TABLE "Event" ADD COLUMN     "exempt" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- Events without a subject are told from now on to those alone whom they name: what has one says which.
UPDATE "public"."Event" SET "subjects" = ARRAY['call:' || ("about" ->> 'id')]
  WHERE "subjects" = '{}' AND "kind" = 'calls' AND "about" ->> 'type' = 'call';
UPDATE "public"."Event" SET "subjects" = ARRAY['house:' || ("about" ->> 'id')]
  WHERE "subjects" = '{}' AND "kind" = 'meetings' AND "about" ->> 'type' = 'house';
