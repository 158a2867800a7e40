-- CreateTable
CREATE TABLE "chain"."station" (
    "municipality" CHAR(6) NOT NULL,
    "id" TEXT NOT NULL,
    "round" TEXT NOT NULL,
    "station" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "record" JSONB NOT NULL,
    "transactionId" CHAR(64) NOT NULL,
    "block" BIGINT NOT NULL,

    CONSTRAINT "station_pkey" PRIMARY KEY ("municipality","id")
);

-- CreateTable
CREATE TABLE "chain"."voucher" (
    "municipality" CHAR(6) NOT NULL,
    "id" TEXT NOT NULL,
    "round" TEXT NOT NULL,
    "station" TEXT NOT NULL,
    "area" INTEGER NOT NULL,
    "purpose" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "record" JSONB NOT NULL,
    "transactionId" CHAR(64) NOT NULL,
    "block" BIGINT NOT NULL,

    CONSTRAINT "voucher_pkey" PRIMARY KEY ("municipality","id")
);

-- CreateTable
CREATE TABLE "chain"."sheets" (
    "municipality" CHAR(6) NOT NULL,
    "id" TEXT NOT NULL,
    "round" TEXT NOT NULL,
    "bundle" INTEGER NOT NULL,
    "area" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "record" JSONB NOT NULL,
    "transactionId" CHAR(64) NOT NULL,
    "block" BIGINT NOT NULL,

    CONSTRAINT "sheets_pkey" PRIMARY KEY ("municipality","id")
);

-- CreateIndex
CREATE INDEX "station_municipality_round_idx" ON "chain"."station"("municipality", "round");

-- CreateIndex
CREATE INDEX "voucher_municipality_round_idx" ON "chain"."voucher"("municipality", "round");

-- CreateIndex
CREATE INDEX "sheets_municipality_round_idx" ON "chain"."sheets"("municipality", "round");
