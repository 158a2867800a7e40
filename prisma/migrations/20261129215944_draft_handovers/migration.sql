-- CreateTable
CREATE TABLE "DraftHandover" (
    "municipality" CHAR(6) NOT NULL,
    "draft" TEXT NOT NULL,
    "helper" TEXT NOT NULL,
    "codeHash" CHAR(64),
    "sealedCode" BYTEA,
    "expiresAt" TIMESTAMPTZ(3),
    "claimedBy" TEXT,
    "claimedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "DraftHandover_pkey" PRIMARY KEY ("municipality","draft")
);

-- CreateIndex
CREATE UNIQUE INDEX "DraftHandover_codeHash_key" ON "DraftHandover"("codeHash");

-- CreateIndex
CREATE INDEX "DraftHandover_helper_idx" ON "DraftHandover"("helper");

-- CreateIndex
CREATE INDEX "DraftHandover_claimedBy_idx" ON "DraftHandover"("claimedBy");
