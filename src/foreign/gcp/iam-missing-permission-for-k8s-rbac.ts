import { foreignCause } from "../cause.ts"

export const gcpIamMissingPermissionForK8sRbac = foreignCause({
  code: "gcp/iam-missing-permission-for-k8s-rbac",
  emitter: "gcp",
  title: "The Google account lacks the IAM permission to write roles in the cluster",
  why: "GKE asks Google's IAM beside the cluster's own roles. Writing roles and bindings needs permissions such as `container.clusterRoles.create`, which Kubernetes Engine Developer lacks and Kubernetes Engine Admin holds.",
  fix: [
    {
      by: "operator",
      does: "Grant the account a role that holds the permission named, such as `roles/container.admin` on this project",
      admits: "that account, on every cluster of the project",
    },
    { by: "operator", does: "Let someone who holds it apply the role bindings", admits: "nobody else" },
  ],
  unwise: ["Granting `roles/owner` of the project"],
  ask: {
    question: "Which permission does the message name, and which account does `gcloud config get-value account` show?",
    why: "The cluster's own roles cannot grant it",
  },
  sources: [
    "https://cloud.google.com/kubernetes-engine/docs/how-to/role-based-access-control",
    "https://github.com/googlecodelabs/feedback/issues/381",
    "https://github.com/GoogleCloudPlatform/anthos-service-mesh-packages/pull/1199",
  ],
  clues: [
    {
      weight: "proof",
      basis: "case",
      says: "GKE names the IAM permission that is missing",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /requires? one of \[?\\{0,3}"container\.\w+\.\w+|Required \\{0,3}"?container\.\w+\.\w+\\{0,3}"? permission/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the IAM permission of GKE is spoken of",
      all: [
        { in: ["symptom", "config", "log"], text: /\bcontainer\.(?:clusterRole|role)\w*\.\w+|roles\/container\.\w+/i },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "an account of Google's may not write roles in a cluster on GKE",
      all: [
        { in: ["symptom"], text: /\bGKE\b|google kubernetes|google cloud/i },
        {
          in: ["symptom"],
          text: /\bcreat\w{1,3}\b[^\n]{0,30}\b(?:cluster)?role(?:binding)?s?\b|\b(?:owner|editor|IAM)\b[^\n]{0,60}\b(?:cluster)?role(?:binding)?s?\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /attempt to grant extra|not currently held|\bbound to cluster-admin/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "roles are written in a cluster on GKE",
      all: [
        { in: ["symptom"], text: /\bGKE\b|\bgcloud\b|google (?:kubernetes|cloud|container)|\bIAM\b/i },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /\b(?:cluster)?role(?:binding)?s?\b|cluster-admin/i,
        },
      ],
      none: [{ in: ["symptom", "config", "log", "request", "body", "headers"], text: /attempt to grant extra/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "an admin binding is made with kubectl",
      all: [{ in: ["symptom"], text: /cluster-admin-binding|create clusterrolebinding/i }],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /attempt to grant extra|not currently held/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the binding has the name the guides for Google's clusters give it, and may not be made",
      all: [
        {
          in: ["symptom"],
          text: /cluster-admin-binding|\bGKE\b[^\n]{0,60}\bcluster-admin\b|\bcreate clusterrolebinding\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "body", "log", "headers", "config"],
          text: /attempt to grant extra|not currently held|until my account|bound to cluster-admin|tiller/i,
        },
      ],
    },
  ],
})
