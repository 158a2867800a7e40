-- CreateTable
CREATE TABLE "chain"."sealing" (
    "municipality" CHAR(6) NOT NULL,
    "id" TEXT NOT NULL,
    "call" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "announcedOn" CHAR(10) NOT NULL,
    "finalRoot" CHAR(64),
    "finalCount" INTEGER,
    "record" JSONB NOT NULL,
    "transactionId" CHAR(64) NOT NULL,
    "block" BIGINT NOT NULL,

    CONSTRAINT "sealing_pkey" PRIMARY KEY ("municipality","id")
);

-- CreateTable
CREATE TABLE "chain"."issuer_key" (
    "municipality" CHAR(6) NOT NULL,
    "id" TEXT NOT NULL,
    "round" TEXT NOT NULL,
    "issuer" INTEGER NOT NULL,
    "area" INTEGER NOT NULL,
    "modulus" TEXT NOT NULL,
    "record" JSONB NOT NULL,
    "transactionId" CHAR(64) NOT NULL,
    "block" BIGINT NOT NULL,

    CONSTRAINT "issuer_key_pkey" PRIMARY KEY ("municipality","id")
);

-- CreateTable
CREATE TABLE "chain"."issuance" (
    "municipality" CHAR(6) NOT NULL,
    "id" TEXT NOT NULL,
    "round" TEXT NOT NULL,
    "issuer" INTEGER NOT NULL,
    "day" CHAR(10) NOT NULL,
    "record" JSONB NOT NULL,
    "transactionId" CHAR(64) NOT NULL,
    "block" BIGINT NOT NULL,

    CONSTRAINT "issuance_pkey" PRIMARY KEY ("municipality","id")
);

-- CreateTable
CREATE TABLE "chain"."sealed_ballot" (
    "municipality" CHAR(6) NOT NULL,
    "id" TEXT NOT NULL,
    "round" TEXT NOT NULL,
    "area" INTEGER NOT NULL,
    "key" CHAR(64) NOT NULL,
    "seq" INTEGER NOT NULL,
    "digest" CHAR(64) NOT NULL,
    "record" JSONB NOT NULL,
    "transactionId" CHAR(64) NOT NULL,
    "block" BIGINT NOT NULL,

    CONSTRAINT "sealed_ballot_pkey" PRIMARY KEY ("municipality","id")
);

-- CreateTable
CREATE TABLE "chain"."sealed_envelope" (
    "municipality" CHAR(6) NOT NULL,
    "id" TEXT NOT NULL,
    "round" TEXT NOT NULL,
    "area" INTEGER NOT NULL,
    "key" CHAR(64) NOT NULL,
    "seq" INTEGER NOT NULL,
    "record" JSONB NOT NULL,
    "transactionId" CHAR(64) NOT NULL,
    "block" BIGINT NOT NULL,

    CONSTRAINT "sealed_envelope_pkey" PRIMARY KEY ("municipality","id")
);

-- CreateIndex
CREATE INDEX "issuer_key_municipality_round_area_issuer_idx" ON "chain"."issuer_key"("municipality", "round", "area", "issuer");

-- CreateIndex
CREATE INDEX "issuance_municipality_round_day_idx" ON "chain"."issuance"("municipality", "round", "day");

-- CreateIndex
CREATE INDEX "sealed_ballot_municipality_round_area_key_seq_idx" ON "chain"."sealed_ballot"("municipality", "round", "area", "key", "seq");

-- CreateIndex
CREATE INDEX "sealed_ballot_municipality_round_key_idx" ON "chain"."sealed_ballot"("municipality", "round", "key");

-- CreateIndex
CREATE INDEX "sealed_envelope_municipality_round_area_key_idx" ON "chain"."sealed_envelope"("municipality", "round", "area", "key");
