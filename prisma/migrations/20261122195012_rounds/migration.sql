-- CreateTable
CREATE TABLE "RollPerson" (
    "municipality" CHAR(6) NOT NULL,
    "fiscalNumberHash" CHAR(64) NOT NULL,
    "addedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "RollPerson_pkey" PRIMARY KEY ("municipality","fiscalNumberHash")
);

-- CreateTable
CREATE TABLE "Round" (
    "municipality" CHAR(6) NOT NULL,
    "id" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "call" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "ballotType" TEXT NOT NULL,
    "least" INTEGER NOT NULL,
    "most" INTEGER NOT NULL,
    "rule" JSONB NOT NULL,
    "budgetCents" BIGINT NOT NULL,
    "proposals" TEXT[],
    "opensOn" CHAR(10) NOT NULL,
    "closesAt" TIMESTAMPTZ(0) NOT NULL,
    "requiredAttestations" INTEGER NOT NULL DEFAULT 2,
    "objectionDays" INTEGER NOT NULL DEFAULT 10,
    "reconstruction" BOOLEAN NOT NULL DEFAULT false,
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Round_pkey" PRIMARY KEY ("municipality","id")
);

-- CreateTable
CREATE TABLE "RollEntry" (
    "municipality" CHAR(6) NOT NULL,
    "round" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "fiscalNumberHash" CHAR(64) NOT NULL,
    "salt" CHAR(64) NOT NULL,

    CONSTRAINT "RollEntry_pkey" PRIMARY KEY ("municipality","round","position")
);

-- CreateTable
CREATE TABLE "VoterKey" (
    "municipality" CHAR(6) NOT NULL,
    "round" TEXT NOT NULL,
    "person" TEXT NOT NULL,
    "publicKey" CHAR(64) NOT NULL,
    "privateKeyEncrypted" BYTEA NOT NULL,
    "slot" INTEGER NOT NULL,
    "seq" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "VoterKey_pkey" PRIMARY KEY ("municipality","round","person")
);

-- CreateIndex
CREATE UNIQUE INDEX "Round_municipality_slug_key" ON "Round"("municipality", "slug");

-- CreateIndex
CREATE UNIQUE INDEX "RollEntry_municipality_round_fiscalNumberHash_key" ON "RollEntry"("municipality", "round", "fiscalNumberHash");

-- CreateIndex
CREATE UNIQUE INDEX "VoterKey_municipality_round_publicKey_key" ON "VoterKey"("municipality", "round", "publicKey");

-- CreateIndex
CREATE UNIQUE INDEX "VoterKey_municipality_round_slot_key" ON "VoterKey"("municipality", "round", "slot");
