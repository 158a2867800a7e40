-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "projection";

-- CreateTable
CREATE TABLE "Municipality" (
    "istatCode" CHAR(6) NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "cadastralCode" CHAR(4),
    "ipaCode" TEXT,
    "lat" DOUBLE PRECISION NOT NULL,
    "lon" DOUBLE PRECISION NOT NULL,
    "population" INTEGER,
    "active" BOOLEAN NOT NULL DEFAULT false,
    "settings" JSONB NOT NULL DEFAULT '{}',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Municipality_pkey" PRIMARY KEY ("istatCode")
);

-- CreateIndex
CREATE UNIQUE INDEX "Municipality_slug_key" ON "Municipality"("slug");
