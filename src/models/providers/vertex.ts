import type { Provider } from "../provider.ts"

/** Hosts by location as in vercel/ai packages/google-vertex. */
export const vertex: Provider = {
  name: "vertex",
  title: "Google Vertex AI",
  home: "https://cloud.google.com/vertex-ai",
  reference: "https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/inference",
  format: "gemini",
  url: "https://{location}-aiplatform.googleapis.com/v1/projects/{project}/locations/{location}/publishers/google",
  settings: [
    {
      name: "project",
      means: "The Google Cloud project that is billed",
      example: "my-project",
    },
    {
      name: "location",
      means: "The Google Cloud location that serves the models",
      example: "europe-west4",
      instead: [
        {
          value: "global",
          url: "https://aiplatform.googleapis.com/v1/projects/{project}/locations/global/publishers/google",
        },
        {
          value: "us",
          url: "https://aiplatform.us.rep.googleapis.com/v1/projects/{project}/locations/us/publishers/google",
        },
        {
          value: "eu",
          url: "https://aiplatform.eu.rep.googleapis.com/v1/projects/{project}/locations/eu/publishers/google",
        },
      ],
    },
  ],
  auth: [{ kind: "google-access-token" }],
  paths: {
    chat: "/models/{model}:generateContent",
    chatStream: "/models/{model}:streamGenerateContent?alt=sse",
    countTokens: "/models/{model}:countTokens",
  },
  keyVariables: ["GOOGLE_VERTEX_ACCESS_TOKEN"],
  prices: "google",
}
