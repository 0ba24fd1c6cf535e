/**
 * `generateContent` and its siblings. Wire shapes here are those of the official SDK (@google/genai 2.32.0, `dist/genai.d.ts`) and
 * of https://ai.google.dev/api/generate-content. Names are written in camelCase and read in snake_case too, as the API does.
 */
export const FORMAT = "gemini" as const
