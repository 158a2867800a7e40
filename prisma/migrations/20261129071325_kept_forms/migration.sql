-- CreateTable
CREATE TABLE "KeptForm" (
    "key" CHAR(64) NOT NULL,
    "owner" CHAR(64) NOT NULL,
    "sealed" BYTEA NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "KeptForm_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE INDEX "KeptForm_owner_idx" ON "KeptForm"("owner");

-- CreateIndex
CREATE INDEX "KeptForm_createdAt_idx" ON "KeptForm"("createdAt");
