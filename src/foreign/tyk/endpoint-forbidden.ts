import { foreignCause } from "../cause.ts"

export const tykEndpointForbidden = foreignCause({
  code: "tyk/endpoint-forbidden",
  emitter: "tyk",
  isNoMatterOfRights: true,
  title: "The API definition's allow list or block list does not let this path and method through",
  why: "One entry on an allow list closes every path that is not on it, and a block list closes its own. The answer is the same for a path that does not exist.",
  fix: [
    { by: "caller", does: "Call a path and method the API definition lists", admits: "nobody else" },
    {
      by: "operator",
      does: "Add this path and method to the allow list, or take it off the block list",
      admits: "every key of this API, at that path",
    },
  ],
  unwise: ["Emptying the allow list opens every path of the upstream"],
  ask: {
    question: "Does the API definition, in the version asked for, list this path and method?",
    why: "A mistyped path and a closed one are answered alike",
  },
  sources: [
    "TykTechnologies/tyk gateway/api_definition.go",
    "TykTechnologies/tyk gateway/mw_granular_access.go",
    "https://github.com/TykTechnologies/tyk/issues/152",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "Tyk writes this of a path that is not on the list",
      all: [{ in: ["body", "log", "symptom"], text: /Requested endpoint is forbidden/i }],
    },
    {
      weight: "strong",
      basis: "source",
      says: "Tyk writes this of a path the key is not granted",
      all: [{ in: ["body", "log", "symptom"], text: /Access to this resource has been disallowed/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "paths of an API in Tyk",
      all: [
        { in: ["symptom"], text: /\btyk\b/i },
        { in: ["symptom"], text: /\b(?:endpoint|route|path)s?\b/i },
      ],
    },
  ],
})
