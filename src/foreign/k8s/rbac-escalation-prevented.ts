import { foreignCause } from "../cause.ts"

export const k8sRbacEscalationPrevented = foreignCause({
  code: "k8s/rbac-escalation-prevented",
  emitter: "kubernetes",
  title: "Nobody may grant by a role what they do not hold themselves",
  why: "The API server lets a role or binding be written only by those who already hold every right in it, or hold the verbs `escalate` or `bind` on it. Otherwise the right to write roles would be the right to everything.",
  fix: [
    {
      by: "operator",
      does: "Let someone who holds these rights apply the role, or grant the writer exactly the rights in it",
      admits: "the writer, with the rights in that role",
    },
    {
      by: "operator",
      does: "Grant the verb `bind` on this one role by its name",
      admits: "the writer, who may then give that role to anyone",
    },
  ],
  unwise: ["Binding the writer to cluster-admin gives it every right on every object of the cluster"],
  ask: {
    question: "Which rules stand after `extra privileges` or `not currently held` in the message?",
    why: "Those are the rights the writer lacks",
  },
  sources: [
    "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#privilege-escalation-prevention-and-bootstrapping",
    "https://github.com/kubernetes/kubernetes/pull/65909",
    "https://github.com/pires/kubernetes-vagrant-coreos-cluster/issues/292",
    "https://github.com/backube/scribe/issues/51",
  ],
  clues: [
    {
      weight: "proof",
      basis: "case",
      says: "Kubernetes before 1.12 writes this",
      all: [{ in: ["body", "log", "symptom"], text: /attempt to grant extra privileges/i }],
    },
    {
      weight: "proof",
      basis: "source",
      says: "Kubernetes writes this",
      all: [{ in: ["body", "log", "symptom"], text: /is attempting to grant RBAC permissions not currently held/i }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "roles are written, and cluster-admin mends it",
      all: [
        { in: ["symptom"], text: /\b(?:cluster)?role(?:binding)?s?\b/i },
        { in: ["symptom"], text: /\bescalat\w+|\bextra privileges\b|\bbind verb\b|cluster-admin\b/i },
      ],
      none: [{ in: ["symptom", "config", "log", "request", "body", "headers"], text: /container\.\w+\.create/ }],
    },
    {
      weight: "slight",
      basis: "case",
      says: "the refused object is a role or binding",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /(?:cluster)?role(?:binding)?s\.rbac\.authorization\.k8s\.io "[^"\n]{1,200}" is forbidden/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "a role or binding is written",
      all: [
        { in: ["symptom"], text: /\bcreat\w{1,3}\b[^\n]{0,20}\b(?:cluster)?role(?:binding)?s?\b|\bcluster-admin\b/i },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /\bGKE\b[^\n]{0,80}container\.|container\.\w+\.create|\bcannot create\b/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a role is made that grants more than its maker has",
      all: [
        { in: ["symptom"], text: /\b(?:cluster)?role(?:binding)?s?\b/i },
        {
          in: ["symptom"],
          text: /\bmore (?:rights|permissions|privileges|than)\b|\bgrant\w{0,3}\b[^\n]{0,30}\b(?:not|more|extra|itself)\b/i,
        },
        { in: ["symptom"], text: /\bcreat\w{1,3}\b|\binstall\w{0,3}\b|\bhelm\b|\boperator\b/i },
      ],
      none: [{ in: ["symptom", "request", "headers", "body", "log", "config"], text: /GKE|container\./i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "roles are to be created by one who does not hold what they grant",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:cluster)?roles?\b[^\n]{0,30}\b(?:cannot|can't|could not|not) be created\b|\b(?:cannot|can't|unable to|fails? to) (?:create|grant|install)\b[^\n]{0,20}\b(?:cluster)?roles?\b/i,
        },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /\bhelm\b|tiller|\bk8s\b|kube|openshift|\bGKE\b|\boc\b|operator/i,
        },
      ],
      none: [{ in: ["body", "log", "symptom"], text: /cannot create resource|container\.clusterRoles/i }],
    },
  ],
})
