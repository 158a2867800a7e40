-- CreateTable
CREATE TABLE "MapDraft" (
    "id" TEXT NOT NULL,
    "municipality" CHAR(6) NOT NULL,
    "person" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "fileName" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "content" JSONB NOT NULL,
    "leftOut" INTEGER NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "MapDraft_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MapBackground" (
    "municipality" CHAR(6) NOT NULL,
    "hash" TEXT NOT NULL,
    "fileName" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "area" JSONB NOT NULL,
    "credit" TEXT NOT NULL,
    "changedBy" TEXT NOT NULL,
    "changedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "MapBackground_pkey" PRIMARY KEY ("municipality")
);

-- CreateIndex
CREATE INDEX "MapDraft_municipality_idx" ON "MapDraft"("municipality");

-- CreateIndex
CREATE INDEX "MapDraft_person_idx" ON "MapDraft"("person");
