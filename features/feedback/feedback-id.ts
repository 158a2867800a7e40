/** Where on the page the form is, so that an answer without scripts is seen. */
export const FEEDBACK_ID = "page-feedback";
