import { foreignCause } from "../cause.ts"

export const k8sRbacMissingVerb = foreignCause({
  code: "k8s/rbac-missing-verb",
  emitter: "kubernetes",
  title: "No role bound to this account grants this verb on this resource",
  why: "Kubernetes grants nothing by default. The message names account, verb, resource, API group and namespace; a rule must have all of them, in a role bound to that account there.",
  fix: [
    {
      by: "operator",
      does: "Add exactly the verb, resource and API group of the message to the account's Role, in that namespace",
      admits: "that account, in that namespace",
    },
    {
      by: "operator",
      does: "Bind the role to the account the message names, where it was bound to another",
      admits: "that account",
    },
    {
      by: "operator",
      does: "Use a ClusterRole and ClusterRoleBinding where the message says `at the cluster scope`",
      admits: "that account, in every namespace",
    },
  ],
  unwise: ["Binding the account to cluster-admin gives it every right on every object of the cluster"],
  ask: {
    question: "What does `kubectl auth can-i VERB RESOURCE --as=ACCOUNT` say, and which bindings name the account?",
    why: "A missing rule and a missing binding give the same message",
  },
  sources: [
    "https://sdk.operatorframework.io/docs/faqs/",
    "https://github.com/kubernetes/kubernetes/blob/master/pkg/kubelet/server/server.go",
    "kubernetes/kubernetes staging/src/k8s.io/apiserver/pkg/endpoints/handlers/responsewriters/errors.go",
    "https://kubernetes.io/docs/reference/access-authn-authz/rbac/",
    "https://github.com/blakelead/nsinjector/issues/11",
    "https://github.com/cloudflare/cloudflare-ingress-controller/issues/94",
  ],
  clues: [
    {
      weight: "strong",
      basis: "source",
      says: "Kubernetes names account, verb and resource",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /\bUser \\{0,3}"?[^"\n]{1,200}"? cannot \w{3,20} (?:resource |path |[\w./-]{1,80} (?:at the cluster scope|in the namespace|in project))/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /attempt to grant extra|not currently held|"container\.\w+\.\w+"|Required "?container\./i,
        },
      ],
    },
    {
      weight: "against",
      basis: "case",
      says: "an API group is said to be missing, old or wrong",
      all: [
        {
          in: ["symptom"],
          text: /\bapi ?-?groups?\b[^\n]{0,80}\b(?:wrong|old|missing|only|lists?|moved|replaced|changed|deprecated|renamed|instead)\b|\b(?:wrong|old|missing|moved|replaced|changed|deprecated|instead of)\b[^\n]{0,60}\bapi ?-?groups?\b/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "an account or role of Kubernetes is in question",
      all: [
        {
          in: ["symptom", "config", "log"],
          text: /\bservice ?accounts?\b|\b(?:cluster)?role(?:binding)?s?\b|\bRBAC\b|\bkubectl\b/i,
        },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /\bkube\w{0,10}|\bk8s\b|\bcluster\b|\bnamespaces?\b|\bpods?\b|\bserviceaccount\b|\bcontroller\b|\boperator\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /attempt to grant extra|not currently held|"container\.\w+\.\w+"|RBAC: access denied|AuthorizationPolicy|exceeded quota|PodSecurity|being terminated|\bgateway\b/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "source",
      says: "the API server's form of refusal",
      all: [{ in: ["body"], text: /"kind"\s{0,3}:\s{0,3}"Status"[\s\S]{0,600}"reason"\s{0,3}:\s{0,3}"Forbidden"/ }],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /attempt to grant extra|not currently held|exceeded quota|PodSecurity|being terminated/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "something in a cluster does not get what it asks for",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:controller|operator)\b[^\n]{0,40}\b(?:cannot|can't|fails?|logs?|starts?|forbidden|permissions?|tries)\b|\bkubectl\b|\bkube\w{3,10}|\bhelm\b|\bpods?\b|\bdashboard\b[^\n]{0,30}\bforbidden\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /attempt to grant extra|not currently held|container\.\w+\.\w+|RBAC: access denied|exceeded quota|PodSecurity|being terminated|x-ratelimit/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a client of the Kubernetes API in a pod is refused",
      all: [
        {
          in: ["symptom", "request", "log"],
          text: /\bin-?cluster\b|\binside (?:a |the )?pods?\b|\bfrom (?:a |within a |inside a |the )?pods?\b|list_\w{1,30}_(?:for_all_namespaces|pod)|list_namespaced_|\bkubernetes[- ](?:client|api)\b|\bwatch(?:er|es)?\b[^\n]{0,30}\bcluster\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /istio|RBAC: access|ingress|aws|gke|container\./i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a verb of Kubernetes on one of its kinds is refused",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:cannot|can't|can not|unable to|not allowed to|no)\b[^\n]{0,12}\b(?:list|get|watch|create|patch|update|delete)\b[^\n]{0,30}\b(?:pods?|nodes?|ingress(?:es)?|services?|secrets?|configmaps?|deployments?|namespaces?|roles?|rolebindings?|clusterroles?|events?|leases?|jobs?|endpoints|crds?|resources?|node status)\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /attempt to grant|admission|quota|bucket|github|gcloud|iam/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the client of the API server logs a list or watch that is forbidden",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /failed to (?:list|watch|get|create|patch|update) \*?[\w.]{1,60}: [^\n]{1,120}\bis forbidden|\b[a-z]{3,40}(?:\.[\w.-]{1,60})? is forbidden: User\b|\bis forbidden: User \\{0,3}"system:/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /attempt to grant|exceeded quota|PodSecurity|being terminated/i,
        },
      ],
    },
    {
      weight: "proof",
      basis: "source",
      says: "the kubelet asked the cluster whether the user may, and was told no",
      all: [{ in: ["body", "log", "symptom"], text: /Forbidden \(user=[^,\n]{1,120}, verb=\w{1,12}, resource=/ }],
    },
    {
      weight: "strong",
      basis: "source",
      says: "the owner may not be set, as the right on its finalizers is missing",
      all: [{ in: ["body", "log", "symptom"], text: /cannot set blockOwnerDeletion|you can't set finalizers on/i }],
    },
    {
      weight: "strong",
      basis: "source",
      says: "a client of Kubernetes says that the service account has no right",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /Configured service account doesn't have access|the server does not allow access to the requested resource|kubernetes\.client\.(?:exceptions|rest)\.ApiException: \(403\)|KubernetesClientException[^\n]{0,300}Forbidden/i,
        },
      ],
      none: [
        {
          in: ["body", "log", "symptom"],
          text: /attempt to grant extra|not currently held|exceeded quota|PodSecurity|being terminated|admission webhook|unable to validate against/i,
        },
      ],
    },
    {
      weight: "against",
      basis: "source",
      says: "admission speaks after the name of the account, so no role would help",
      all: [{ in: ["body", "log", "symptom"], text: /GKE Warden authz|denied by [\w-]{3,60}-limitation/i }],
    },
    {
      weight: "strong",
      basis: "source",
      says: "Kubernetes names the verb and the resource",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /\bcannot (?:get|list|watch|create|update|patch|delete|deletecollection|use|bind|escalate|impersonate) resource \\{0,3}"[\w./-]{2,60}\\{0,3}" in API group/,
        },
      ],
      none: [
        { in: ["body", "log", "symptom"], text: /\bUser \\{0,3}"/ },
        { in: ["body", "log", "symptom"], text: /attempt to grant extra|"container\.\w+\.\w+"/ },
      ],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "controllers need rights on leases to elect a leader, and on finalizers to own objects",
      all: [
        {
          in: ["symptom"],
          text: /\bleader[- ]?elect\w{0,4}\b|\bleases?\b[^\n]{0,20}\bpermissions?\b|\bpermissions?\b[^\n]{0,30}\bleases?\b|\bset finalizers\b|\bblockOwnerDeletion\b/i,
        },
      ],
      none: [
        {
          in: ["body", "log", "symptom"],
          text: /attempt to grant extra|not currently held|exceeded quota|PodSecurity|being terminated/i,
        },
      ],
    },
  ],
})
