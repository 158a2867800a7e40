-- CreateTable
CREATE TABLE "RoundCount" (
    "municipality" CHAR(6) NOT NULL,
    "round" TEXT NOT NULL,
    "basis" CHAR(64) NOT NULL,
    "result" BYTEA NOT NULL,
    "pabulib" BYTEA NOT NULL,
    "countedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "RoundCount_pkey" PRIMARY KEY ("municipality","round")
);
