-- CreateTable
CREATE TABLE "SealedCheck" (
    "municipality" CHAR(6) NOT NULL,
    "round" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "SealedCheck_pkey" PRIMARY KEY ("municipality","round","outcome")
);
