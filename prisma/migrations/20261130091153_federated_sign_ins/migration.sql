-- CreateTable
CREATE TABLE "FederatedSignIn" (
    "id" UUID NOT NULL,
    "state" CHAR(64) NOT NULL,
    "municipality" CHAR(6) NOT NULL,
    "provider" TEXT NOT NULL,
    "sealed" BYTEA NOT NULL,
    "openedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "openUntil" TIMESTAMPTZ(3) NOT NULL,
    "answeredAt" TIMESTAMPTZ(3),
    "outcome" TEXT,

    CONSTRAINT "FederatedSignIn_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "FederatedSignIn_state_key" ON "FederatedSignIn"("state");

-- CreateIndex
CREATE INDEX "FederatedSignIn_openedAt_idx" ON "FederatedSignIn"("openedAt");
