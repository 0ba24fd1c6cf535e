import { foreignCause } from "../../cause.ts"

export const aiBedrockIamPermissionMissing = foreignCause({
  code: "ai/bedrock/iam-permission-missing",
  emitter: "bedrock",
  title: "The caller's IAM policy does not allow invoking this Bedrock model or profile",
  why: "Invoking needs `bedrock:InvokeModel` (and the one for streams) on the model's ARN, and where an inference profile is used, on the profile and on the model in every region it sends to. Session policies, boundaries and the organisation's rules must allow it as well.",
  fix: [
    {
      by: "operator",
      does: "Allow exactly the action in the message on the ARN in the message (profile and models)",
      admits: "that role, to those models",
    },
    { by: "caller", does: "Call the model or profile that the role already has", admits: "nobody else" },
  ],
  unwise: ["`bedrock:*` on `*`: the role may then change, train and delete as well"],
  ask: {
    question: "Which action and which ARN does the message name, and because of which policy?",
    why: '"No … policy allows" names what is missing; "explicit deny" names what forbids.',
  },
  sources: [
    "https://docs.aws.amazon.com/bedrock/latest/userguide/security-iam.html",
    "https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-prereq.html",
    "https://github.com/anthropics/claude-code/issues/541",
    "https://github.com/MattJColes/lgtmaybe/pull/73",
  ],
  clues: [
    {
      weight: "proof",
      basis: "documented",
      says: "IAM says that no policy allows the action",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /not authorized to perform: bedrock:\w{1,60}[^\n]{0,400}because no [\w -]{1,40}policy allows/,
        },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "IAM names the action that is not allowed",
      all: [{ in: ["body", "log", "symptom"], text: /not authorized to perform: bedrock:\w{1,60}/ }],
      none: [{ in: ["body", "log", "symptom"], text: /explicit deny/ }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a policy for Bedrock",
      all: [
        { in: ["symptom"], text: /\bbedrock\b/i },
        { in: ["symptom"], text: /\b(?:iam|polic(?:y|ies)|role|permissions?)\b/i },
      ],
      none: [{ in: ["body", "log", "symptom"], text: /specified model ID|marketplace|explicit deny/i }],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "Bedrock's words for a key or bearer token",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /bedrock:CallWithBearerToken|Authentication failed: Please make sure your API Key is valid/i,
        },
      ],
    },
  ],
})
