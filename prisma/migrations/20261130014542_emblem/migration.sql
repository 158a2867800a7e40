-- CreateTable
CREATE TABLE "MunicipalityEmblem" (
    "municipality" CHAR(6) NOT NULL,
    "alternativeText" TEXT NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "hashTwice" TEXT NOT NULL,
    "changedBy" TEXT NOT NULL,
    "changedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "MunicipalityEmblem_pkey" PRIMARY KEY ("municipality")
);
