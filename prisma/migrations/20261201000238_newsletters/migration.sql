-- AlterTable
ALTER TABLE "Mail" ADD COLUMN     "newsletter" UUID;

-- CreateTable
CREATE TABLE "Newsletter" (
    "id" UUID NOT NULL,
    "municipality" CHAR(6) NOT NULL,
    "titleIt" TEXT NOT NULL,
    "titleEn" TEXT NOT NULL,
    "textIt" TEXT NOT NULL,
    "textEn" TEXT NOT NULL,
    "districts" INTEGER[] DEFAULT ARRAY[]::INTEGER[],
    "revision" INTEGER NOT NULL DEFAULT 1,
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "changedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sentBy" TEXT,
    "sentAt" TIMESTAMPTZ(3),
    "people" INTEGER,

    CONSTRAINT "Newsletter_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Newsletter_municipality_sentAt_idx" ON "Newsletter"("municipality", "sentAt");
