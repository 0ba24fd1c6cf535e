import { foreignCause } from "../../cause.ts"

export const aiLitellmPermission = foreignCause({
  code: "ai/litellm/permission",
  emitter: "litellm",
  title: "LiteLLM's proxy does not let this key, team or user call the model or route",
  why: "The proxy keeps for each key, team and user which models and routes they may use, and runs guardrails before the provider is asked. Its refusal is its own, although it looks like a provider's.",
  fix: [
    {
      by: "operator",
      does: "Add this one model (or its access group) to the key's or team's `models`",
      admits: "that key or team",
    },
    {
      by: "caller",
      does: "Use a key whose team has the model, or a model that `GET /v1/models` lists",
      admits: "nobody else",
    },
  ],
  unwise: [
    "Handing out the master key, or `all-proxy-models`: every model and every management route is then open to it",
  ],
  ask: {
    question: "What does `GET /key/info` show as `models` and `allowed_routes` of this key?",
    why: "A model or route that is missing there is the cause.",
  },
  sources: [
    "BerriAI/litellm litellm/proxy/auth/auth_checks.py",
    "BerriAI/litellm litellm/proxy/_types.py",
    "https://docs.litellm.ai/docs/proxy/model_access",
    "https://github.com/BerriAI/litellm/pull/39660",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "the proxy's types for it",
      all: [{ in: ["body", "log", "symptom"], text: /\b(?:key|team|user|org|project|tag)_model_access_denied\b/ }],
    },
    {
      weight: "proof",
      basis: "case",
      says: "the proxy's sentence for it",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /(?:key|team|user|project|end user) not allowed to access (?:the )?(?:model|passthrough)|can only access models ?= ?\[|Invalid model for team|Virtual key is not allowed to call this route/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the proxy's rules for its own routes",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /Your role=\w{1,40}\.|Only proxy admin|User not allowed to (?:access|call) this/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "a guardrail or permission of the proxy",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /litellm\.(?:proxy\.)?[\w.]{0,60}PermissionDeniedError|LiteLLM[^\n]{0,80}guardrail/i,
        },
      ],
      none: [{ in: ["body", "log", "symptom"], text: /bedrock|openai\.com|marketplace/i }],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "keys, groups and routes as this proxy names them",
      all: [
        {
          in: ["symptom", "request"],
          text: /\bllm_api(?:_routes)?\b|\bvirtual keys?\b|\/model(?:_group)?\/info\b|\baccess groups?\b[^\n]{0,60}\bmodels?\b/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "LiteLLM's proxy",
      all: [{ in: ["symptom", "log"], text: /\blitellm\b/i }],
      none: [
        { in: ["body", "log"], text: /litellm\.\w{0,30}Error: \w{0,30}Exception|marketplace|unsupported_country/i },
      ],
    },
    {
      weight: "strong",
      basis: "source",
      says: "LiteLLM's words",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /Only master key can be used|Only proxy admin can|key_model_access_denied|team_model_access_denied|ProxyException[^\n]{0,80}403|litellm\.proxy\b/i,
        },
      ],
    },
  ],
})
