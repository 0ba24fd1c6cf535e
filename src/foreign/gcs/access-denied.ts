import { foreignCause } from "../cause.ts"

export const gcsAccessDenied = foreignCause({
  code: "gcs/access-denied",
  emitter: "gcs",
  title: "The account holds no role that allows this on the bucket or project",
  why: "Cloud Storage asks IAM for one permission per action, on the bucket or the project. The message names the account and the permission that is missing.",
  fix: [
    {
      by: "operator",
      does: "Grant the account a role on this bucket that holds the permission named, such as `roles/storage.objectCreator`",
      admits: "that account, on that bucket",
    },
    {
      by: "caller",
      does: "Check which account the program runs as, and that its token has a storage scope",
      admits: "nobody else",
    },
  ],
  unwise: ["Granting `roles/storage.admin` or `allUsers` where one permission was missing"],
  ask: {
    question: "Which account and which permission does the message name?",
    why: "The account is often another one than expected; with a missing scope no role helps",
  },
  sources: [
    "https://cloud.google.com/storage/docs/access-control/iam-permissions",
    "https://github.com/googleapis/google-cloud-php/issues/1040",
    "https://github.com/spring-attic/spring-cloud-gcp/issues/444",
    "https://github.com/googleapis/google-cloud-cpp/issues/7334",
  ],
  clues: [
    {
      weight: "proof",
      basis: "case",
      says: "Cloud Storage names the account and the permission it lacks",
      all: [{ in: ["body", "log", "symptom"], text: /does not have storage\.\w+\.\w+ access/i }],
    },
    {
      weight: "proof",
      basis: "case",
      says: "IAM names the storage permission that is missing",
      all: [{ in: ["body", "log", "symptom"], text: /Permission '?storage\.\w+\.\w+'? denied/i }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the token's scopes do not cover Cloud Storage",
      all: [{ in: ["body", "log", "symptom"], text: /Provided scope\(s\) are not authorized/i }],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "Cloud Storage's XML answer",
      all: [
        { in: ["body", "log", "symptom"], text: /<Code>AccessDenied<\/Code>/ },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /storage\.googleapis\.com|x-guploader|x-goog-/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "Cloud Storage is named in the report",
      all: [{ in: ["symptom"], text: /\bgsutil\b|\bgs:\/\/|\bGoogle Cloud Storage\b|\bGCS\b/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "Cloud Storage is named",
      all: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /storage\.googleapis\.com|storage\.cloud\.google\.com|\bgsutil\b|\bgs:\/\/|\bGoogle Cloud Storage\b|\bGCS\b|com\.google\.cloud\.storage/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "buckets of Google's cloud",
      all: [
        { in: ["symptom"], text: /\bblobs?\b|\bbuckets?\b/i },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /\bgoogle\b|\bgcp\b|Speech to Text|spring-cloud-gcp|\bfirebase\b/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a service account of Google's is refused an object or bucket",
      all: [
        { in: ["symptom"], text: /\bservice account\b/i },
        {
          in: ["symptom", "request", "log"],
          text: /\bbucket\b|\bstorage\b|\bobjects?\b|\bgsutil\b|\bgcloud\b|\bblob\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /kube|pod\b|serviceaccount:|aws|s3\b|azure|AuthorizationPermissionMismatch/i,
        },
      ],
    },
    {
      weight: "proof",
      basis: "documented",
      says: "the store's codes for an account or billing that is shut off",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /\bUserProjectAccountProblem\b|project to be billed is associated with a closed billing account|billing account for the owning project is disabled|"reason": ?"accountDisabled"/,
        },
      ],
    },
    {
      weight: "proof",
      basis: "documented",
      says: "Firebase Storage refuses by its rules",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /storage\/unauthorized|Firebase Storage: User does not have permission|firebasestorage\.googleapis\.com[^\n]{0,200}(?:403|Permission denied)/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "source",
      says: "gsutil's and the client libraries' words",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /AccessDeniedException: 403|ResumableUploadAbortException: 403|api_core\.exceptions\.Forbidden: 403 (?:GET|POST|PUT|DELETE) https:\/\/storage\.googleapis|Insufficient OAuth2 scope to perform this operation|storage\.(?:objects|buckets)\.\w{1,20} access/,
        },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the store of Firebase, with its rules",
      all: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /\bservice firebase\.storage\b|\bfirebasestorage\.|\.appspot\.com\/o\b|\bfirebase[- ]?(?:cloud[- ])?storage\b|\bfirebase\b[^\n]{0,30}\bstorage\b|\bstorage\b[^\n]{0,30}\bfirebase\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /SERVICE_DISABLED|API_KEY|hosting|:5000\b|airplay/i,
        },
      ],
    },
  ],
})
