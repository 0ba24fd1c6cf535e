import { foreignCause } from "../cause.ts"

export const tykVersion = foreignCause({
  code: "tyk/version",
  emitter: "tyk",
  isNoMatterOfRights: true,
  title: "The version the request asks for is missing, unknown or past its end",
  why: "An API with versions reads the version from a header, parameter or path segment and answers 403 where it is not there, not known or expired.",
  fix: [
    { by: "caller", does: "Send a version the API has, where the API reads it", admits: "nobody else" },
    {
      by: "operator",
      does: "Set a default version, or move the end of this one",
      admits: "callers that name no version, or that one",
    },
  ],
  ask: {
    question: "Where does the API read the version, and what did the request have there?",
    why: "Not sent and not known are different texts",
  },
  sources: ["TykTechnologies/tyk gateway/api_definition.go"],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "Tyk writes this where no version was found",
      all: [{ in: ["body", "log", "symptom"], text: /Version information not found/i }],
    },
    {
      weight: "proof",
      basis: "source",
      says: "Tyk writes this of a version it does not know",
      all: [{ in: ["body", "log", "symptom"], text: /This API version does not seem to exist/i }],
    },
    {
      weight: "proof",
      basis: "source",
      says: "Tyk writes this of a version past its end",
      all: [{ in: ["body", "log", "symptom"], text: /Api Version has expired, please check/i }],
    },
    {
      weight: "fair",
      basis: "source",
      says: "versions at Tyk",
      all: [
        { in: ["symptom", "config", "log", "request", "body", "headers"], text: /\btyk\b/i },
        { in: ["symptom"], text: /\bversions?\b/i },
      ],
    },
  ],
})
