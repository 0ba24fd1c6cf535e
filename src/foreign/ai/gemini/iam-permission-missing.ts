import { foreignCause } from "../../cause.ts"

export const aiGeminiIamPermissionMissing = foreignCause({
  code: "ai/gemini/iam-permission-missing",
  emitter: "gemini",
  title: "The account that calls lacks the IAM permission for this model or resource",
  why: "Vertex AI asks Google Cloud's IAM for a permission on the project, such as `aiplatform.endpoints.predict`. An account without a role that has it, a call in the name of another account than one thinks, and a resource that does not exist get the same sentence.",
  fix: [
    {
      by: "owner",
      does: "Have a role with exactly this permission on the project given to the calling account (`roles/aiplatform.user` for predictions)",
      admits: "that account, to the project's models",
    },
    {
      by: "caller",
      does: "Call in the name of an account that has it (check `gcloud auth list` and `GOOGLE_APPLICATION_CREDENTIALS`)",
      admits: "nobody else",
    },
  ],
  unwise: ["Owner or Editor for a service account: whoever takes it over has the whole project"],
  ask: {
    question: "Which account does the call use, and which project and region does the resource in the message name?",
    why: "An account without the role, or a resource in another project or region, is the cause.",
  },
  sources: [
    "googleapis/googleapis google/api/error_reason.proto",
    "https://cloud.google.com/vertex-ai/docs/general/access-control",
    "https://github.com/rpurinton/gemini-php/issues/2",
    "https://github.com/rhel-lightspeed/linux-mcp-server/pull/450",
  ],
  clues: [
    {
      weight: "proof",
      basis: "documented",
      says: "Google's reason for a missing permission, at the AI platform",
      all: [
        { in: ["body", "log", "symptom"], text: /\bIAM_PERMISSION_DENIED\b/ },
        { in: ["body", "log", "symptom"], text: /aiplatform|cloudaicompanion|generativelanguage|cloudcode/i },
      ],
    },
    {
      weight: "proof",
      basis: "case",
      says: "the platform's sentence for a missing permission",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /Permission '(?:aiplatform|cloudaicompanion|discoveryengine)\.[\w.]{1,60}' denied on resource/,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the service's sentence that names no reason",
      all: [
        { in: ["body", "log", "symptom"], text: /The caller does not have permission/i },
        { in: ["symptom", "body", "log", "request"], text: /gemini|aiplatform|vertex|cloudcode|generativelanguage/i },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "Google's status and sentence for a missing permission, with no service told",
      all: [
        { in: ["body", "log"], text: /The caller does not have permission/i },
        { in: ["body", "log"], text: /PERMISSION_DENIED/ },
      ],
      none: [
        {
          in: ["body", "log", "symptom"],
          text: /gemini|aiplatform|vertex|cloudcode|generativelanguage|storage|bigquery|container\.|compute|firebase|firestore|drive|sheets|pubsub/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "rights of an account at Vertex AI",
      all: [
        { in: ["symptom"], text: /\b(?:vertex|aiplatform)\b/i },
        { in: ["symptom"], text: /\b(?:permission|role|iam|service account)\b/i },
      ],
    },
  ],
})
