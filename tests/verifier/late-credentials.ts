/** An honest round whose issuers told of the last day before many of its credentials were taken. */
import { Story } from "./story";

export async function lateCredentials(): Promise<Story> {
  const story = await Story.sealed();
  story.drop(...story.all("sealed:reportIssued").slice(3));
  for (const report of story.all("sealed:reportIssued"))
    story.edit(report, "issuance", (told) => {
      told.issued = [];
    });
  return story;
}
