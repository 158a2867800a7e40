-- AlterTable
ALTER TABLE "Mail" ADD COLUMN     "answer" TEXT,
ADD COLUMN     "answerCode" TEXT;

-- CreateTable
CREATE TABLE "SignInCheck" (
    "municipality" CHAR(6) NOT NULL,
    "findings" JSONB NOT NULL,
    "checkedBy" TEXT NOT NULL,
    "checkedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SignInCheck_pkey" PRIMARY KEY ("municipality")
);
