-- DropForeignKey
ALTER TABLE "Comment" DROP CONSTRAINT "Comment_municipality_proposal_fkey";

-- DropIndex
DROP INDEX "Comment_municipality_proposal_createdAt_idx";

-- AlterTable
ALTER TABLE "Comment"
ADD COLUMN     "aboutId" TEXT,
ADD COLUMN     "aboutType" TEXT,
ADD COLUMN     "answeredAt" TIMESTAMPTZ(3),
ADD COLUMN     "editedAt" TIMESTAMPTZ(3),
ADD COLUMN     "hiddenBy" TEXT,
ADD COLUMN     "kind" TEXT,
ADD COLUMN     "official" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "organisation" TEXT,
ADD COLUMN     "quote" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "replies" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "revision" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "role" TEXT,
ADD COLUMN     "root" TEXT,
ADD COLUMN     "supports" INTEGER NOT NULL DEFAULT 0;

-- What was written before was about proposals; what answers something stands under the first comment of its thread.
UPDATE "Comment" SET "aboutType" = 'proposal', "aboutId" = "proposal",
  "kind" = CASE WHEN "replyTo" IS NULL THEN 'remark' ELSE 'answer' END;
WITH RECURSIVE thread AS (
  SELECT "id", "id" AS "first" FROM "Comment" WHERE "replyTo" IS NULL
  UNION
  SELECT c."id", t."first" FROM "Comment" c JOIN thread t ON c."replyTo" = t."id"
)
UPDATE "Comment" c SET "root" = t."first" FROM thread t WHERE t."id" = c."id" AND t."first" <> c."id";
UPDATE "Comment" c SET "replies" = n."count"
  FROM (SELECT "root", count(*) AS "count" FROM "Comment" WHERE "root" IS NOT NULL GROUP BY "root") n
  WHERE n."root" = c."id";

ALTER TABLE "Comment" ALTER COLUMN "aboutId" SET NOT NULL,
ALTER COLUMN "aboutType" SET NOT NULL,
ALTER COLUMN "kind" SET NOT NULL;

-- CreateTable
CREATE TABLE "CommentVersion" (
    "municipality" CHAR(6) NOT NULL,
    "comment" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "CommentVersion_pkey" PRIMARY KEY ("comment","revision")
);

-- CreateTable
CREATE TABLE "CommentSupport" (
    "municipality" CHAR(6) NOT NULL,
    "comment" TEXT NOT NULL,
    "person" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "CommentSupport_pkey" PRIMARY KEY ("comment","person")
);

-- CreateTable
CREATE TABLE "CommentCase" (
    "id" TEXT NOT NULL,
    "municipality" CHAR(6) NOT NULL,
    "comment" TEXT NOT NULL,
    "openFor" TEXT,
    "state" TEXT NOT NULL,
    "reports" INTEGER NOT NULL DEFAULT 0,
    "openedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "changedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "CommentCase_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CommentReport" (
    "id" TEXT NOT NULL,
    "municipality" CHAR(6) NOT NULL,
    "inCase" TEXT NOT NULL,
    "comment" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "reporter" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "text" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "CommentReport_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CommentDecision" (
    "id" TEXT NOT NULL,
    "municipality" CHAR(6) NOT NULL,
    "inCase" TEXT NOT NULL,
    "comment" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "hides" BOOLEAN NOT NULL,
    "ground" TEXT NOT NULL DEFAULT '',
    "norm" TEXT NOT NULL DEFAULT '',
    "facts" TEXT NOT NULL DEFAULT '',
    "reasons" TEXT NOT NULL,
    "decidedBy" TEXT NOT NULL,
    "organisation" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "CommentDecision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CommentAppeal" (
    "id" TEXT NOT NULL,
    "municipality" CHAR(6) NOT NULL,
    "inCase" TEXT NOT NULL,
    "decision" TEXT NOT NULL,
    "author" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decidedAt" TIMESTAMPTZ(3),
    "decidedBy" TEXT,
    "organisation" TEXT,
    "role" TEXT,
    "reversed" BOOLEAN,
    "reasons" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "CommentAppeal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ModerationEntry" (
    "id" UUID NOT NULL,
    "municipality" CHAR(6) NOT NULL,
    "inCase" TEXT NOT NULL,
    "comment" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "person" TEXT NOT NULL,
    "organisation" TEXT,
    "role" TEXT,
    "ground" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ModerationEntry_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "CommentSupport_person_idx" ON "CommentSupport"("person");

-- CreateIndex
CREATE UNIQUE INDEX "CommentCase_openFor_key" ON "CommentCase"("openFor");

-- CreateIndex
CREATE INDEX "CommentCase_municipality_state_openedAt_idx" ON "CommentCase"("municipality", "state", "openedAt");

-- CreateIndex
CREATE INDEX "CommentCase_municipality_changedAt_idx" ON "CommentCase"("municipality", "changedAt");

-- CreateIndex
CREATE INDEX "CommentCase_comment_idx" ON "CommentCase"("comment");

-- CreateIndex
CREATE INDEX "CommentReport_reporter_idx" ON "CommentReport"("reporter");

-- CreateIndex
CREATE INDEX "CommentReport_comment_idx" ON "CommentReport"("comment");

-- CreateIndex
CREATE UNIQUE INDEX "CommentReport_inCase_reporter_key" ON "CommentReport"("inCase", "reporter");

-- CreateIndex
CREATE INDEX "CommentDecision_inCase_idx" ON "CommentDecision"("inCase");

-- CreateIndex
CREATE INDEX "CommentDecision_comment_idx" ON "CommentDecision"("comment");

-- CreateIndex
CREATE INDEX "CommentDecision_decidedBy_idx" ON "CommentDecision"("decidedBy");

-- CreateIndex
CREATE UNIQUE INDEX "CommentAppeal_decision_key" ON "CommentAppeal"("decision");

-- CreateIndex
CREATE INDEX "CommentAppeal_inCase_idx" ON "CommentAppeal"("inCase");

-- CreateIndex
CREATE INDEX "CommentAppeal_author_idx" ON "CommentAppeal"("author");

-- CreateIndex
CREATE INDEX "CommentAppeal_decidedBy_idx" ON "CommentAppeal"("decidedBy");

-- CreateIndex
CREATE INDEX "ModerationEntry_municipality_createdAt_idx" ON "ModerationEntry"("municipality", "createdAt");

-- CreateIndex
CREATE INDEX "ModerationEntry_inCase_idx" ON "ModerationEntry"("inCase");

-- CreateIndex
CREATE INDEX "Comment_municipality_aboutType_aboutId_root_official_create_idx" ON "Comment"("municipality", "aboutType", "aboutId", "root", "official", "createdAt");

-- CreateIndex
CREATE INDEX "Comment_municipality_aboutType_aboutId_root_official_suppor_idx" ON "Comment"("municipality", "aboutType", "aboutId", "root", "official", "supports");

-- CreateIndex
CREATE INDEX "Comment_root_official_createdAt_idx" ON "Comment"("root", "official", "createdAt");

-- CreateIndex
CREATE INDEX "Comment_municipality_kind_answeredAt_createdAt_idx" ON "Comment"("municipality", "kind", "answeredAt", "createdAt");

-- CreateIndex
CREATE INDEX "Comment_author_idx" ON "Comment"("author");

-- AddForeignKey
ALTER TABLE "CommentVersion" ADD CONSTRAINT "CommentVersion_comment_fkey" FOREIGN KEY ("comment") REFERENCES "Comment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What an office had hidden gets a case and its decision; who decided it was not kept.
INSERT INTO "CommentCase" ("id", "municipality", "comment", "state", "openedAt", "changedAt")
  SELECT gen_random_uuid()::text, "municipality", "id", 'hidden', now(), now()
  FROM "Comment" WHERE "hiddenReason" IS NOT NULL;
INSERT INTO "CommentDecision"
  ("id", "municipality", "inCase", "comment", "revision", "hides", "ground", "reasons", "decidedBy", "organisation", "role", "createdAt")
  SELECT gen_random_uuid()::text, c."municipality", k."id", c."id", 1, true, 'other', c."hiddenReason", '', '', '', k."openedAt"
  FROM "Comment" c JOIN "CommentCase" k ON k."comment" = c."id" WHERE c."hiddenReason" IS NOT NULL;
UPDATE "Comment" c SET "hiddenBy" = d."id" FROM "CommentDecision" d WHERE d."comment" = c."id";

-- AlterTable
ALTER TABLE "Comment" DROP COLUMN "hiddenReason", DROP COLUMN "proposal";
