-- CreateTable
CREATE TABLE "UploadPlace" (
    "id" TEXT NOT NULL,
    "municipality" CHAR(6) NOT NULL,
    "person" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "UploadPlace_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "UploadPlace_person_idx" ON "UploadPlace"("person");

-- CreateIndex
CREATE INDEX "UploadPlace_createdAt_idx" ON "UploadPlace"("createdAt");
