-- AlterTable
ALTER TABLE "OutboxItem" ADD COLUMN     "requestId" UUID;
