import { foreignCause } from "../cause.ts"

export const s3PostPolicy = foreignCause({
  code: "s3/post-policy",
  emitter: "s3",
  title: "The upload form does not fit the policy it was signed with",
  why: "A browser's POST carries a signed policy, and every field of the form must meet a condition in it. A field too many, one that differs, or a size out of range is refused.",
  fix: [
    {
      by: "operator",
      does: 'Add a condition for each field the form sends, such as `["starts-with", "$Content-Type", ""]`, and sign again',
      admits: "uploads with any value of that field",
    },
    { by: "owner", does: "Send only fields that the policy names, with the file last", admits: "nobody else" },
  ],
  unwise: ["A `starts-with` of an empty prefix on the key lets every holder of the form write anywhere in the bucket"],
  ask: { question: "Which condition or field does the message name?", why: "That one differs between form and policy" },
  sources: [
    "https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html",
    "https://github.com/waynehoover/s3_direct_upload/issues/107",
    "https://github.com/cloudreve/cloudreve/issues/959",
    "https://github.com/minio/minio (cmd/api-errors.go)",
  ],
  clues: [
    {
      weight: "proof",
      basis: "documented",
      says: "the store names the condition or field that does not fit",
      all: [{ in: ["body", "log", "symptom"], text: /Invalid according to Policy/i }],
      none: [{ in: ["body", "log", "symptom"], text: /Policy expired/i }],
    },
    {
      weight: "proof",
      basis: "source",
      says: "MinIO's codes for a form that does not fit its policy",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /\bPostPolicyInvalidKeyName\b|each form field that you specify in a form must appear in the list of policy conditions/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the message of a form field without a condition",
      all: [{ in: ["body", "log", "symptom"], text: /Extra input fields:|Policy Condition failed/i }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "a form is posted to a bucket with a policy",
      all: [
        {
          in: ["symptom", "config", "request", "log"],
          text: /\b(?:post policy|form upload|presigned[ _-]?post|generate_presigned_post|createPresignedPost|upload policy|PostObjectV4|s3-policy)\b/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a browser posts a form to a bucket",
      all: [
        {
          in: ["symptom"],
          text: /\bform submission\b|\bdirect(?:ly)? uploads?\b|\bbrowser[- ]based upload|\bPOST\b[^\n]{0,30}\bupload|\bupload\w{0,3}\b[^\n]{0,40}\bform\b/i,
        },
        { in: ["symptom", "config", "log", "request", "body", "headers"], text: /\bs3\b|\bminio\b|\bbucket\b/i },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /SignatureDoesNotMatch|InvalidAccessKeyId|signature we/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the store's words where a form's policy does not fit",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /Invalid according to Policy: Policy Condition failed|according to Policy: Extra input fields|<Code>EntityToo(?:Large|Small)</i,
        },
      ],
    },
  ],
})
