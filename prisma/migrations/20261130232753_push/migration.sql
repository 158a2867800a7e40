-- AlterTable
ALTER TABLE "Notification" ADD COLUMN     "push" UUID;

-- CreateTable
CREATE TABLE "PushKey" (
    "id" TEXT NOT NULL,
    "publicKey" TEXT NOT NULL,
    "sealed" BYTEA NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "PushKey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PushDevice" (
    "id" UUID NOT NULL,
    "person" TEXT NOT NULL,
    "endpointHash" TEXT NOT NULL,
    "sealed" BYTEA NOT NULL,
    "browser" TEXT,
    "system" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "takenAt" TIMESTAMPTZ(3),

    CONSTRAINT "PushDevice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Push" (
    "id" UUID NOT NULL,
    "batch" UUID NOT NULL,
    "device" UUID NOT NULL,
    "municipality" CHAR(6) NOT NULL,
    "person" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'queued',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "settledAt" TIMESTAMPTZ(3),
    "notBefore" TIMESTAMPTZ(3),

    CONSTRAINT "Push_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "PushDevice_endpointHash_key" ON "PushDevice"("endpointHash");

-- CreateIndex
CREATE INDEX "PushDevice_person_idx" ON "PushDevice"("person");

-- CreateIndex
CREATE INDEX "Push_state_createdAt_idx" ON "Push"("state", "createdAt");

-- CreateIndex
CREATE INDEX "Push_person_idx" ON "Push"("person");

-- CreateIndex
CREATE INDEX "Push_device_idx" ON "Push"("device");

-- CreateIndex
CREATE INDEX "Notification_push_idx" ON "Notification"("push");

-- AddForeignKey
ALTER TABLE "Push" ADD CONSTRAINT "Push_device_fkey" FOREIGN KEY ("device") REFERENCES "PushDevice"("id") ON DELETE CASCADE ON UPDATE CASCADE;
