-- CreateTable
CREATE TABLE "chain"."paper" (
    "municipality" CHAR(6) NOT NULL,
    "id" TEXT NOT NULL,
    "commons" TEXT NOT NULL,
    "person" TEXT NOT NULL,
    "transaction" TEXT NOT NULL,
    "scan" CHAR(64) NOT NULL,
    "state" TEXT NOT NULL,
    "recordedOn" CHAR(10) NOT NULL,
    "record" JSONB NOT NULL,
    "transactionId" CHAR(64) NOT NULL,
    "block" BIGINT NOT NULL,

    CONSTRAINT "paper_pkey" PRIMARY KEY ("municipality","id")
);

-- CreateIndex
CREATE INDEX "paper_municipality_person_idx" ON "chain"."paper"("municipality", "person");
