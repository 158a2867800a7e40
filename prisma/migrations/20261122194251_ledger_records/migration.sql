-- AlterTable
ALTER TABLE "chain"."commitment" ADD COLUMN     "committedOn" CHAR(10) NOT NULL;

-- AlterTable
ALTER TABLE "chain"."proposal" ADD COLUMN     "pact" TEXT;

-- AlterTable
ALTER TABLE "chain"."subject" ALTER COLUMN "representative" DROP NOT NULL;

-- CreateTable
CREATE TABLE "chain"."pact_version" (
    "municipality" CHAR(6) NOT NULL,
    "id" TEXT NOT NULL,
    "pact" TEXT NOT NULL,
    "commons" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "documentHash" CHAR(64) NOT NULL,
    "startsOn" CHAR(10) NOT NULL,
    "endsOn" CHAR(10) NOT NULL,
    "draftedOn" CHAR(10) NOT NULL,
    "record" JSONB NOT NULL,
    "transactionId" CHAR(64) NOT NULL,
    "block" BIGINT NOT NULL,

    CONSTRAINT "pact_version_pkey" PRIMARY KEY ("municipality","id")
);

-- CreateIndex
CREATE INDEX "pact_version_municipality_pact_idx" ON "chain"."pact_version"("municipality", "pact");
