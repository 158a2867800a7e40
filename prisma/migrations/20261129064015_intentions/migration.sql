-- AlterTable
ALTER TABLE "OutboxItem" ADD COLUMN     "intention" CHAR(64);

-- CreateIndex
CREATE INDEX "OutboxItem_person_status_idx" ON "OutboxItem"("person", "status");
