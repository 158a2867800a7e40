-- CreateTable
CREATE TABLE "TreasuryCodes" (
    "municipality" CHAR(6) NOT NULL,
    "codes" JSONB NOT NULL,
    "changedBy" TEXT NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "TreasuryCodes_pkey" PRIMARY KEY ("municipality")
);

-- CreateTable
CREATE TABLE "TreasuryImport" (
    "municipality" CHAR(6) NOT NULL,
    "id" UUID NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'draft',
    "source" TEXT NOT NULL,
    "digests" TEXT[],
    "flow" TEXT,
    "flowCreatedAt" TIMESTAMPTZ(3),
    "signed" BOOLEAN NOT NULL,
    "rows" INTEGER NOT NULL,
    "foreignRows" INTEGER NOT NULL,
    "movements" JSONB NOT NULL,
    "person" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "importedAt" TIMESTAMPTZ(3),

    CONSTRAINT "TreasuryImport_pkey" PRIMARY KEY ("municipality","id")
);

-- CreateTable
CREATE TABLE "TreasuryEvidence" (
    "municipality" CHAR(6) NOT NULL,
    "digest" CHAR(64) NOT NULL,
    "payment" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "TreasuryEvidence_pkey" PRIMARY KEY ("municipality","digest")
);

-- CreateIndex
CREATE INDEX "TreasuryImport_municipality_state_importedAt_idx" ON "TreasuryImport"("municipality", "state", "importedAt");

-- CreateIndex
CREATE INDEX "TreasuryEvidence_municipality_payment_idx" ON "TreasuryEvidence"("municipality", "payment");
ALTER TABLE "TreasuryImport" ADD CONSTRAINT "TreasuryImport_state_check" CHECK (state IN ('draft', 'imported', 'superseded'));
