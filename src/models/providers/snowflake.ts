import type { Provider } from "../provider.ts"

/** Address as in anomalyco/models.dev providers/snowflake-cortex. */
export const snowflake: Provider = {
  name: "snowflake",
  title: "Snowflake Cortex",
  home: "https://www.snowflake.com",
  reference: "https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-rest-api",
  format: "openai-chat",
  url: "https://{account}.snowflakecomputing.com/api/v2/cortex/v1",
  auth: [{ kind: "bearer" }],
  paths: {
    chat: "/chat/completions",
  },
  keyVariables: ["SNOWFLAKE_CORTEX_PAT"],
  settings: [
    {
      name: "account",
      means: "The Snowflake account, the first part of its host name",
      example: "myorg-myaccount",
    },
  ],
  quirks: {
    maxTokens: "max_completion_tokens",
  },
}
