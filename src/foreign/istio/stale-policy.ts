import { foreignCause } from "../cause.ts"

export const istioStalePolicy = foreignCause({
  code: "istio/stale-policy",
  emitter: "istio",
  isNoMatterOfRights: true,
  title: "A policy that was deleted or changed is still enforced by a proxy",
  why: "The control plane pushes policies to the proxies. A push that is lost, or a proxy that is not connected, leaves the old rule in force.",
  fix: [
    {
      by: "operator",
      does: "Compare `istioctl proxy-status` and `istioctl proxy-config` with the policies that exist, and restart istiod or the workload where they differ",
      admits: "nobody else",
    },
  ],
  unwise: ["A policy that allows everything, to drown the stale one"],
  ask: {
    question: "Does `istioctl proxy-config listener` of the workload still show the rule?",
    why: "If so the proxy is stale; if not another policy denies",
  },
  sources: [
    "https://istio.io/latest/docs/ops/diagnostic-tools/proxy-cmd/",
    "https://github.com/istio/istio/issues/53071",
  ],
  clues: [
    {
      weight: "strong",
      basis: "case",
      says: "a policy is gone and still denies",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:delet|remov)\w{0,4}\b[^\n]{0,80}(?:polic(?:y|ies)|\brules?)\b|(?:polic(?:y|ies)|\brules?)\b[^\n]{0,80}\b(?:delet|remov)\w{0,4}\b|\bno polic(?:y|ies)\b|\bstale\b|restart\w{0,4} (?:of )?istiod/i,
        },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /\bistio\w{0,1}\b|AuthorizationPolicy|\brbac\b|\bmesh\b|\benvoy\b/i,
        },
      ],
      none: [{ in: ["symptom", "config", "log", "request", "body", "headers"], text: /\bCUSTOM\b/ }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a restart mends it",
      all: [
        { in: ["symptom"], text: /\brestart/i },
        { in: ["symptom", "config", "log", "request", "body", "headers"], text: /\bistiod?\b|\bpilot\b/i },
      ],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "the answer where the role-based filter denies",
      all: [{ in: ["body", "log", "symptom"], text: /RBAC: access denied|rbac_access_denied_matched_policy/i }],
    },
    {
      weight: "slight",
      basis: "case",
      says: "the policy was taken away or changed, and the denial stays",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:delet\w{1,3}|remov\w{1,3}|chang\w{1,3})\b[^\n]{0,60}\b(?:polic(?:y|ies)|AuthorizationPolic\w+)\b|\bpolic(?:y|ies)\b[^\n]{0,40}\b(?:deleted|removed|gone)\b/i,
        },
      ],
      none: [{ in: ["symptom", "body", "log"], text: /row-level|bucket|iam\b/i }],
    },
  ],
})
