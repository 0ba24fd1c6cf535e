import type { Provider } from "../provider.ts"

/**
 * Address, paths and both ways to authenticate as in vercel/ai packages/amazon-bedrock. The bearer is a Bedrock
 * API key.
 */
export const bedrock: Provider = {
  name: "bedrock",
  title: "Amazon Bedrock",
  home: "https://aws.amazon.com/bedrock",
  reference: "https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html",
  format: "bedrock",
  url: "https://bedrock-runtime.{region}.amazonaws.com",
  settings: [
    {
      name: "region",
      means: "The AWS region that serves the models",
      example: "eu-central-1",
    },
  ],
  auth: [{ kind: "sigv4", service: "bedrock" }, { kind: "bearer" }],
  paths: {
    chat: "/model/{model}/converse",
    chatStream: "/model/{model}/converse-stream",
    embeddings: "/model/{model}/invoke",
    countTokens: "/model/{model}/count-tokens",
  },
  keyVariables: ["AWS_SECRET_ACCESS_KEY", "AWS_BEARER_TOKEN_BEDROCK"],
  prices: "aws",
}
