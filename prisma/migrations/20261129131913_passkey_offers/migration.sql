-- CreateTable
CREATE TABLE "PasskeyOffer" (
    "id" CHAR(64) NOT NULL,
    "municipality" CHAR(6) NOT NULL,
    "person" TEXT NOT NULL,
    "credential" TEXT NOT NULL,
    "spki" TEXT NOT NULL,
    "algorithm" INTEGER NOT NULL,
    "rpId" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "PasskeyOffer_pkey" PRIMARY KEY ("municipality","id")
);

-- CreateIndex
CREATE INDEX "PasskeyOffer_person_idx" ON "PasskeyOffer"("person");

-- AddForeignKey
ALTER TABLE "PasskeyOffer" ADD CONSTRAINT "PasskeyOffer_person_fkey" FOREIGN KEY ("person") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;
