import "server-only";
import { db } from "@/lib/db";

/** What is kept of a person about meetings in a municipality, for that person alone. */
export async function meetingsOfPerson(municipality: string, person: string) {
  const [registrations, convened, changes] = await Promise.all([
    db.meetingRegistration.findMany({
      where: { municipality, person },
      include: { of: { select: { title: true, startsAt: true } } },
      orderBy: { number: "asc" },
    }),
    db.meeting.findMany({ where: { municipality, convenedBy: person }, orderBy: { createdAt: "asc" } }),
    db.meetingChange.findMany({ where: { municipality, by: person }, orderBy: { createdAt: "asc" } }),
  ]);
  return {
    meetingsRegisteredFor: registrations.map(({ meeting, isWaiting, createdAt, of }) => ({
      ...{ meeting, title: of.title, startsAt: of.startsAt, isWaiting, createdAt },
    })),
    meetingsConvened: convened.map(({ id, title, startsAt, createdAt }) => ({
      ...{ meeting: id, title, startsAt, createdAt },
    })),
    meetingsChanged: changes.map(({ meeting, what, reason, createdAt }) => ({
      ...{ meeting, what, reason, createdAt },
    })),
  };
}
