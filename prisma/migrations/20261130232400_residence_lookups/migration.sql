-- CreateTable
CREATE TABLE "ResidenceLookup" (
    "id" UUID NOT NULL,
    "municipality" CHAR(6) NOT NULL,
    "person" TEXT NOT NULL,
    "service" TEXT NOT NULL,
    "purpose" UUID NOT NULL,
    "operation" TEXT NOT NULL,
    "anprOperation" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "askedAt" TIMESTAMPTZ(3),
    "outcome" TEXT,

    CONSTRAINT "ResidenceLookup_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ResidenceLookup_person_createdAt_idx" ON "ResidenceLookup"("person", "createdAt");

-- CreateIndex
CREATE INDEX "ResidenceLookup_municipality_createdAt_idx" ON "ResidenceLookup"("municipality", "createdAt");

-- CreateIndex
CREATE INDEX "ResidenceLookup_createdAt_idx" ON "ResidenceLookup"("createdAt");
