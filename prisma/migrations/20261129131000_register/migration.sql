-- AlterTable
ALTER TABLE "chain"."transaction" ADD COLUMN     "act" CHAR(64),
ADD COLUMN     "carriedBy" TEXT,
ADD COLUMN     "passkey" CHAR(64),
ADD COLUMN     "program" TEXT;

-- CreateTable
CREATE TABLE "chain"."official" (
    "municipality" CHAR(6) NOT NULL,
    "id" TEXT NOT NULL,
    "organisation" TEXT NOT NULL,
    "record" JSONB NOT NULL,
    "transactionId" CHAR(64) NOT NULL,
    "block" BIGINT NOT NULL,

    CONSTRAINT "official_pkey" PRIMARY KEY ("municipality","id")
);

-- CreateTable
CREATE TABLE "chain"."office" (
    "municipality" CHAR(6) NOT NULL,
    "id" TEXT NOT NULL,
    "person" TEXT NOT NULL,
    "organisation" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "district" TEXT,
    "startsOn" CHAR(10) NOT NULL,
    "endsOn" CHAR(10),
    "substituteFor" TEXT,
    "state" TEXT NOT NULL,
    "suspendedUntil" CHAR(10),
    "endedOn" CHAR(10),
    "record" JSONB NOT NULL,
    "transactionId" CHAR(64) NOT NULL,
    "block" BIGINT NOT NULL,

    CONSTRAINT "office_pkey" PRIMARY KEY ("municipality","id")
);

-- CreateTable
CREATE TABLE "chain"."passkey" (
    "municipality" CHAR(6) NOT NULL,
    "id" TEXT NOT NULL,
    "person" TEXT NOT NULL,
    "organisation" TEXT NOT NULL,
    "credential" TEXT NOT NULL,
    "algorithm" INTEGER NOT NULL,
    "rpId" TEXT NOT NULL,
    "trial" BOOLEAN NOT NULL,
    "state" TEXT NOT NULL,
    "countsFrom" CHAR(10),
    "withdrawnOn" CHAR(10),
    "record" JSONB NOT NULL,
    "transactionId" CHAR(64) NOT NULL,
    "block" BIGINT NOT NULL,

    CONSTRAINT "passkey_pkey" PRIMARY KEY ("municipality","id")
);

-- CreateTable
CREATE TABLE "chain"."recovery" (
    "municipality" CHAR(6) NOT NULL,
    "id" TEXT NOT NULL,
    "part" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "proposedOn" CHAR(10) NOT NULL,
    "completesFrom" CHAR(10) NOT NULL,
    "endedOn" CHAR(10),
    "record" JSONB NOT NULL,
    "transactionId" CHAR(64) NOT NULL,
    "block" BIGINT NOT NULL,

    CONSTRAINT "recovery_pkey" PRIMARY KEY ("municipality","id")
);

-- CreateIndex
CREATE INDEX "office_municipality_person_idx" ON "chain"."office"("municipality", "person");

-- CreateIndex
CREATE INDEX "office_municipality_role_idx" ON "chain"."office"("municipality", "role");

-- CreateIndex
CREATE INDEX "passkey_municipality_person_idx" ON "chain"."passkey"("municipality", "person");
