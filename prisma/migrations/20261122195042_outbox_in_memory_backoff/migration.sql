-- AlterTable
ALTER TABLE "OutboxItem" DROP COLUMN "alone",
DROP COLUMN "notBefore";
