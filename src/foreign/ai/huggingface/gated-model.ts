import { foreignCause } from "../../cause.ts"

export const aiHuggingfaceGatedModel = foreignCause({
  code: "ai/huggingface/gated-model",
  emitter: "huggingface",
  title: "The Hugging Face repository is gated, and this token's account or scope has no access",
  why: 'Authors of a gated model ask each account to accept terms or wait for approval. A token of another account, or a fine-grained one without "read access to public gated repositories", is refused although the account was approved.',
  fix: [
    {
      by: "caller",
      does: "Ask for access on the model's page with the account the token belongs to",
      admits: "nobody else",
    },
    {
      by: "caller",
      does: "Use a read token of that account, or give the fine-grained one access to gated repositories",
      admits: "nobody else",
    },
  ],
  ask: {
    question:
      "Which account does `hf auth whoami` show for the token in use, and does the model's page say that it has access?",
    why: "Another account, or none, is the cause; access there points to the token's scope.",
  },
  sources: [
    "huggingface/huggingface_hub src/huggingface_hub/utils/_http.py",
    "https://huggingface.co/docs/hub/models-gated",
    "https://github.com/ariG23498/gemma3-object-detection/issues/5",
    "https://github.com/DenisovAV/flutter_gemma/issues/65",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "the hub's code and the library's error for a gated repository",
      all: [
        {
          in: ["body", "headers", "log", "symptom"],
          text: /X-Error-Code: ?GatedRepo|GatedRepoError|Cannot access gated repo|you are not in the authorized list/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "a token without the right for gated repositories",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /fine-grained token settings to view this repository|enable access to public gated repositories|awaiting a review from the repo authors/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "a file of a model at the hub is refused",
      all: [
        {
          in: ["body", "symptom", "log", "request"],
          text: /(?:huggingface\.co|hf-mirror\.com)\/[^\s"']{1,120}\/resolve\//,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "access to a model at Hugging Face",
      all: [{ in: ["symptom"], text: /\b(?:hugging ?face|hf_token|hf token|gated)\b/i }],
    },
    {
      weight: "proof",
      basis: "source",
      says: "the hub's words for a gated model or a token without the right",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /GatedRepoError|access a gated repo|gated repositor(?:y|ies)|sufficient permissions to call Inference Providers|is restricted and you are not in the authorized list|\bhuggingface_hub\.(?:errors|utils)\.\w{0,20}(?:Gated|HfHub)/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "source",
      says: "the hub refuses a token",
      all: [
        { in: ["body", "log", "symptom"], text: /required permissions to perform this operation/i },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /hugging ?face|\bhf_|\bhub\b|403 Forbidden: You/i,
        },
      ],
    },
    {
      weight: "against",
      basis: "case",
      says: "the credentials get lost on a redirect",
      all: [
        {
          in: ["symptom"],
          text: /\bredirect\w{0,4}\b[^\n]{0,120}\b(?:token|authorization|header|dropped|stripped)|\b(?:token|authorization|header)\b[^\n]{0,60}\b(?:dropped|stripped)/i,
        },
      ],
    },
  ],
})
