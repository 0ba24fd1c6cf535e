import { foreignCause } from "../cause.ts"

export const k8sAdmission = foreignCause({
  code: "k8s/admission",
  emitter: "kubernetes",
  isNoMatterOfRights: true,
  title: "Admission refused the object: a quota, a policy on its contents, or a namespace that is going away",
  why: "After the right to write is established, admission judges what is written. Quota used up, a Pod Security level, a webhook and a namespace in deletion all answer 403, and no role helps.",
  fix: [
    {
      by: "caller",
      does: "Change the object as the message says: smaller requests, the missing security context, another namespace",
      admits: "nobody else",
    },
    {
      by: "operator",
      does: "Raise the quota, or clean up what uses it",
      admits: "everyone who may create in that namespace, within the quota",
    },
    {
      by: "operator",
      does: "Wait until the namespace is gone, and create it again; look for finalizers where it stays",
      admits: "nobody else",
    },
  ],
  unwise: [
    "Labelling the namespace `privileged` lets every pod in it run as root on the node",
    "Granting cluster-admin changes nothing here",
  ],
  ask: {
    question: "Which plugin or webhook does the message name after `is forbidden:`?",
    why: "Each needs another change",
  },
  sources: [
    "https://github.com/kubernetes/kubernetes/blob/release-1.8/plugin/pkg/admission/serviceaccount/admission.go",
    "https://github.com/kubernetes/kubernetes/tree/master/plugin/pkg/admission",
    "kubernetes/kubernetes staging/src/k8s.io/apiserver/pkg/admission/plugin",
    "https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/",
    "https://github.com/redhat-developer/odo/issues/6847",
    "https://github.com/shikanon/kubeflow-manifests/issues/39",
  ],
  clues: [
    {
      weight: "proof",
      basis: "case",
      says: "the namespace's quota is used up",
      all: [{ in: ["body", "log", "symptom"], text: /\bexceeded quota\b|\bfailed quota\b/i }],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /googleapis|"error"\s{0,3}:\s{0,3}"Quota exceeded"/i,
        },
      ],
    },
    {
      weight: "proof",
      basis: "case",
      says: "the pod breaks the namespace's Pod Security level",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /violates PodSecurity|unable to validate against any (?:pod security policy|security context constraint)/i,
        },
      ],
    },
    {
      weight: "proof",
      basis: "case",
      says: "the namespace is being deleted",
      all: [{ in: ["body", "log", "symptom"], text: /because it is being terminated/i }],
    },
    {
      weight: "proof",
      basis: "documented",
      says: "a webhook or policy denied the object",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /admission webhook "[^"\n]{1,200}" denied|admission request denied by policy|ValidatingAdmissionPolicy '[^'\n]{1,200}'[^\n]{0,120}denied/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the object is outside the namespace's limits",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /(?:maximum|minimum) (?:cpu|memory|storage)[^\n]{0,20} usage per (?:Container|Pod|PersistentVolumeClaim)|must specify (?:limits|requests)\.\w+/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "quota, pod security or a namespace in deletion",
      all: [
        {
          in: ["symptom"],
          text: /\bquotas?\b|PodSecurity\w{0,10}|\bPSP\b|\bSCC\b|\badmission\b|\bterminating\b|\bLimitRange\b/i,
        },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /\bkube\w{0,10}|\bk8s\b|\bpods?\b|\bnamespace\b|openshift|\bcluster\b/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "pods are not made or an object is not taken",
      all: [
        {
          in: ["symptom"],
          text: /\bpods? (?:are|is) not (?:created|started|scheduled)|\bkubectl apply\b|\breplicas?ets?\b/i,
        },
      ],
      none: [{ in: ["body", "log", "symptom"], text: /cannot \w{3,20} resource|attempt to grant extra/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the cluster turns an object away",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:reject\w{0,3}|refus\w{1,3}|den(?:y|ied)|not created|cannot be created|blocked)\b/i,
        },
        {
          in: ["symptom"],
          text: /\b(?:deployments?|pods?|replica ?sets?|manifests?|namespaces?|helm charts?|objects?)\b/i,
        },
        {
          in: ["symptom", "log", "config"],
          text: /\bcluster\b|\bkube\w{0,10}|\bk8s\b|hardened|security context|\bPSS?\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /cannot \w{3,20} (?:resource|[\w./-]{1,60} (?:at|in) )|service ?account|rbac|istio|ingress|envoy|list|whitelist|aws/i,
        },
      ],
    },
    {
      weight: "proof",
      basis: "source",
      says: "admission names what the object lacks",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /is forbidden: (?:error looking up service account|no PriorityClass with name|only dynamically provisioned pvc|is not allowed to modify labels|pod does not have)|GKE Warden authz|denied by [\w-]{3,60}-limitation/i,
        },
      ],
    },
    {
      weight: "proof",
      basis: "source",
      says: "admission finds no service account for the pod, or a kind of volume that is not allowed",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /service account \S{1,120} was not found, retry after|hostPath volumes are not allowed|Host(?:Network|Ports|PID|IPC) (?:is|are) not allowed|Privileged containers are not allowed/i,
        },
      ],
    },
  ],
})
