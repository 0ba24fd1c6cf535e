import type { Provider } from "../provider.ts"

/** Open models of Vertex AI; address as in vercel/ai packages/google-vertex (maas/). */
export const vertexOpenai: Provider = {
  name: "vertex-openai",
  title: "Vertex AI, OpenAI-compatible",
  home: "https://cloud.google.com/vertex-ai",
  reference: "https://cloud.google.com/vertex-ai/generative-ai/docs/migrate/openai/overview",
  format: "openai-chat",
  url: "https://{location}-aiplatform.googleapis.com/v1/projects/{project}/locations/{location}/endpoints/openapi",
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
          url: "https://aiplatform.googleapis.com/v1/projects/{project}/locations/global/endpoints/openapi",
        },
        {
          value: "us",
          url: "https://aiplatform.us.rep.googleapis.com/v1/projects/{project}/locations/us/endpoints/openapi",
        },
        {
          value: "eu",
          url: "https://aiplatform.eu.rep.googleapis.com/v1/projects/{project}/locations/eu/endpoints/openapi",
        },
      ],
    },
  ],
  auth: [{ kind: "google-access-token" }],
  paths: {
    chat: "/chat/completions",
  },
  quirks: {
    reasoning: "reasoning_content",
  },
  keyVariables: ["GOOGLE_VERTEX_ACCESS_TOKEN"],
  prices: "google",
}
