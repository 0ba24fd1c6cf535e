import type { Provider } from "../provider.ts"

/** Paths and the version in the body as in vercel/ai packages/google-vertex (anthropic/). */
export const vertexAnthropic: Provider = {
  name: "vertex-anthropic",
  title: "Anthropic on Vertex AI",
  home: "https://cloud.google.com/vertex-ai",
  reference: "https://docs.anthropic.com/en/api/claude-on-vertex-ai",
  format: "anthropic",
  url: "https://{location}-aiplatform.googleapis.com/v1/projects/{project}/locations/{location}/publishers/anthropic",
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
          url: "https://aiplatform.googleapis.com/v1/projects/{project}/locations/global/publishers/anthropic",
        },
        {
          value: "us",
          url: "https://aiplatform.us.rep.googleapis.com/v1/projects/{project}/locations/us/publishers/anthropic",
        },
        {
          value: "eu",
          url: "https://aiplatform.eu.rep.googleapis.com/v1/projects/{project}/locations/eu/publishers/anthropic",
        },
      ],
    },
  ],
  auth: [{ kind: "google-access-token" }],
  paths: {
    chat: "/models/{model}:rawPredict",
    chatStream: "/models/{model}:streamRawPredict",
    countTokens: "/models/count-tokens:rawPredict",
  },
  quirks: {
    anthropicVersion: "vertex-2023-10-16",
  },
  keyVariables: ["GOOGLE_VERTEX_ACCESS_TOKEN"],
  prices: "google",
}
