/**
 * `POST /v1/responses`. Wire shapes here are those of the official SDK's `resources/responses/responses.d.ts` (openai 6.49.0)
 * and of https://platform.openai.com/docs/api-reference/responses.
 */
export const FORMAT = "openai-responses" as const

/** What ids of reasoning items begin with that we made up: no provider knows them, so they are not sent on. */
export const MADE_REASONING_ID = "rs_made_"
export const MADE_IMAGE_ID = "ig_made_"

/** Between the parts of a summary, which the form holds as one text. */
export const BETWEEN_SUMMARIES = "\n\n"
