import type { Provider } from "../provider.ts"

/** Address as in vercel/ai packages/amazon-bedrock (mantle). */
export const bedrockMantle: Provider = {
  name: "bedrock-mantle",
  title: "Amazon Bedrock, OpenAI-compatible",
  home: "https://aws.amazon.com/bedrock",
  reference: "https://docs.aws.amazon.com/bedrock/latest/userguide/bedrock-mantle.html",
  format: "openai-chat",
  url: "https://bedrock-mantle.{region}.api.aws/v1",
  settings: [
    {
      name: "region",
      means: "The AWS region that serves the models",
      example: "us-east-1",
    },
  ],
  auth: [{ kind: "bearer" }],
  paths: {
    chat: "/chat/completions",
    models: "/models",
    responses: "/responses",
  },
  quirks: {
    reasoning: "reasoning",
  },
  keyVariables: ["AWS_BEARER_TOKEN_BEDROCK"],
  prices: "aws",
}
