-- AlterTable
ALTER TABLE "public"."OutboxItem" DROP COLUMN "signing",
ADD COLUMN     "act" TEXT,
ADD COLUMN     "actList" JSONB,
ADD COLUMN     "assertion" JSONB,
ADD COLUMN     "by" TEXT,
ADD COLUMN     "expiresOn" CHAR(10),
ADD COLUMN     "follows" UUID,
ADD COLUMN     "signedAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "public"."OutboxSubmission" DROP COLUMN "proposal";

UPDATE "public"."OutboxSubmission" SET status = 'conflicted' WHERE status = 'to_sign_again';

-- CreateIndex
CREATE INDEX "OutboxItem_follows_idx" ON "public"."OutboxItem"("follows");
