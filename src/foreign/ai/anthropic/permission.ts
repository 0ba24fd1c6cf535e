import { foreignCause } from "../../cause.ts"

export const aiAnthropicPermission = foreignCause({
  code: "ai/anthropic/permission",
  emitter: "anthropic",
  title: "The Anthropic key or organisation has no permission for this model or feature",
  why: "Keys belong to a workspace, and workspaces, models and beta features have rights of their own. The API answers 403 with the type `permission_error`.",
  fix: [
    {
      by: "owner",
      does: "Have the model, feature or workspace enabled in the console, or use a key of a workspace that has it",
      admits: "all keys of that workspace",
    },
    { by: "caller", does: "Name a model that the key may use (`GET /v1/models` lists them)", admits: "nobody else" },
  ],
  ask: {
    question: "Does `GET /v1/models` with this key list the model?",
    why: "Absent means that the workspace does not have it.",
  },
  sources: ["https://docs.anthropic.com/en/api/errors", "https://docs.claude.com/en/api/errors"],
  clues: [
    {
      weight: "proof",
      basis: "documented",
      says: "the API's type for 403",
      all: [
        { in: ["body", "log", "symptom"], text: /permission_error/ },
        { in: ["symptom", "body", "log", "request", "headers"], text: /anthropic|claude|request_id|req_01/i },
      ],
      none: [
        { in: ["body", "log", "symptom"], text: /Gemini|googleapis|antigravity|litellm|Violation of Terms|Terms of/i },
      ],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "the API's type for 403",
      all: [{ in: ["body", "log", "symptom"], text: /permission_error/ }],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the API's sentence for it",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /Your API key does not have permission to use the specified resource|OAuth (?:authentication|token)[^\n]{0,60}not allowed|This organization has been disabled|only authorized for use with Claude Code/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "Anthropic's API, and rights of a key or workspace",
      all: [
        { in: ["symptom"], text: /\b(?:anthropic|claude)\b/i },
        { in: ["symptom"], text: /\b(?:permission|workspace|organi[sz]ation|beta|api key|role)\b/i },
      ],
      none: [{ in: ["symptom", "body", "log", "request"], text: /bedrock|vertex|Request not allowed/i }],
    },
    {
      weight: "proof",
      basis: "case",
      says: "words for an account or credential without the right",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /OAuth token does not meet scope requirement|OAuth account does not have access|(?:account|organization) does not have access to Claude|OAuth token has been revoked|belongs to a disabled organization|oauth_scope_insufficient/i,
        },
      ],
    },
  ],
})
