import type { Provider } from "../provider.ts"

/** Address as in the OpenAI client's example of the reference page. */
export const databricks: Provider = {
  name: "databricks",
  title: "Databricks Model Serving",
  home: "https://www.databricks.com",
  reference: "https://docs.databricks.com/en/machine-learning/foundation-models/query-foundation-model-apis",
  format: "openai-chat",
  url: "https://{workspace}/serving-endpoints",
  auth: [{ kind: "bearer" }],
  paths: {
    chat: "/chat/completions",
    completions: "/completions",
    embeddings: "/embeddings",
  },
  keyVariables: ["DATABRICKS_TOKEN"],
  settings: [
    {
      name: "workspace",
      means: "The host name of the Databricks workspace",
      example: "dbc-a1b2345c-d6e7.cloud.databricks.com",
    },
  ],
}
