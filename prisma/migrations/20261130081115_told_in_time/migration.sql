-- CreateTable
CREATE TABLE "Event" (
    "id" TEXT NOT NULL,
    "municipality" CHAR(6) NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "subjects" TEXT[],
    "about" JSONB NOT NULL,
    "facts" JSONB NOT NULL DEFAULT '{}',
    "actor" TEXT,
    "day" CHAR(10) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "toldAt" TIMESTAMPTZ(3),

    CONSTRAINT "Event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "EventHeight" (
    "id" INTEGER NOT NULL,
    "height" BIGINT NOT NULL,

    CONSTRAINT "EventHeight_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Subscription" (
    "municipality" CHAR(6) NOT NULL,
    "person" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Subscription_pkey" PRIMARY KEY ("municipality","person","kind","subject")
);

-- CreateTable
CREATE TABLE "NotificationPreference" (
    "municipality" CHAR(6) NOT NULL,
    "person" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "frequency" TEXT NOT NULL,

    CONSTRAINT "NotificationPreference_pkey" PRIMARY KEY ("municipality","person","kind")
);

-- CreateTable
CREATE TABLE "Notification" (
    "municipality" CHAR(6) NOT NULL,
    "person" TEXT NOT NULL,
    "event" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "frequency" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "readAt" TIMESTAMPTZ(3),
    "mail" UUID,

    CONSTRAINT "Notification_pkey" PRIMARY KEY ("person","event")
);

-- CreateTable
CREATE TABLE "MailAddress" (
    "person" TEXT NOT NULL,
    "sealed" BYTEA NOT NULL,
    "askedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "confirmedAt" TIMESTAMPTZ(3),
    "refusedAt" TIMESTAMPTZ(3),
    "refusedCode" INTEGER,

    CONSTRAINT "MailAddress_pkey" PRIMARY KEY ("person")
);

-- CreateTable
CREATE TABLE "Mail" (
    "id" UUID NOT NULL,
    "municipality" CHAR(6) NOT NULL,
    "person" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'queued',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "settledAt" TIMESTAMPTZ(3),
    "delivered" JSONB,

    CONSTRAINT "Mail_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DigestDay" (
    "municipality" CHAR(6) NOT NULL,
    "day" CHAR(10) NOT NULL,

    CONSTRAINT "DigestDay_pkey" PRIMARY KEY ("municipality")
);

-- CreateIndex
CREATE INDEX "Event_municipality_createdAt_idx" ON "Event"("municipality", "createdAt");

-- CreateIndex
CREATE INDEX "Event_toldAt_createdAt_idx" ON "Event"("toldAt", "createdAt");

-- CreateIndex
CREATE INDEX "Subscription_municipality_kind_subject_idx" ON "Subscription"("municipality", "kind", "subject");

-- CreateIndex
CREATE INDEX "Subscription_person_idx" ON "Subscription"("person");

-- CreateIndex
CREATE INDEX "NotificationPreference_person_idx" ON "NotificationPreference"("person");

-- CreateIndex
CREATE INDEX "Notification_municipality_person_createdAt_idx" ON "Notification"("municipality", "person", "createdAt");

-- CreateIndex
CREATE INDEX "Notification_mail_idx" ON "Notification"("mail");

-- CreateIndex
CREATE INDEX "Notification_municipality_frequency_person_idx" ON "Notification"("municipality", "frequency", "person");

-- CreateIndex
CREATE INDEX "Mail_municipality_person_createdAt_idx" ON "Mail"("municipality", "person", "createdAt");

-- CreateIndex
CREATE INDEX "Mail_state_createdAt_idx" ON "Mail"("state", "createdAt");

-- CreateIndex
CREATE INDEX "Mail_person_idx" ON "Mail"("person");

-- AddForeignKey
ALTER TABLE "Notification" ADD CONSTRAINT "Notification_event_fkey" FOREIGN KEY ("event") REFERENCES "Event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What people followed until now are the first subscriptions.
INSERT INTO "Subscription" ("municipality", "person", "kind", "subject", "createdAt")
SELECT "municipality", "person", 'commons', "commons", "createdAt" FROM "Follow";

-- DropTable
DROP TABLE "Follow";

-- What the tables hold already is no news.
INSERT INTO "EventHeight" ("id", "height") SELECT 1, coalesce(max("number") + 1, 0) FROM "chain"."block";
