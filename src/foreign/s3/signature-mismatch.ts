import { foreignCause } from "../cause.ts"

export const s3SignatureMismatch = foreignCause({
  code: "s3/signature-mismatch",
  emitter: "s3",
  title: "The signature does not match the request that arrived",
  why: "Store and client each compute a signature over method, path, headers and query. A wrong secret, a header that was signed and not sent, a path encoded twice, or a proxy that changed the host makes them differ.",
  fix: [
    {
      by: "caller",
      does: "Compare `StringToSign` and `CanonicalRequest` in the answer with what was signed, and send every signed header as signed, such as `x-amz-acl`",
      admits: "nobody else",
    },
    {
      by: "caller",
      does: "Check the secret key for characters lost in copying, and the region and signature version of the client",
      admits: "nobody else",
    },
    {
      by: "operator",
      does: "Let proxies before the store pass the `Host` header and the path unchanged",
      admits: "nobody else",
    },
  ],
  unwise: ["Opening the bucket to the public because signing is difficult admits everyone"],
  ask: {
    question: "Which line of the answer's `CanonicalRequest` differs from the one the client signed?",
    why: "It names the header, path or host that was changed",
  },
  sources: [
    "https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html",
    "https://github.com/boto/boto3/issues/1722",
    "https://github.com/railroadmanuk/awsrestauthentication/issues/2",
    "https://github.com/minio/minio (cmd/api-errors.go)",
  ],
  clues: [
    {
      weight: "strong",
      basis: "documented",
      says: "the store's code for signatures that differ",
      all: [{ in: ["body", "log", "symptom"], text: "SignatureDoesNotMatch" }],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the store says so of signatures that differ",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /signature we calculated does ?n[o']t match|\bsignatures? (?:does|do|did) ?n[o']t match\b|\bsignature mismatch\b/i,
        },
      ],
      none: [{ in: ["body", "log", "symptom"], text: /"message"\s{0,4}:\s{0,4}"The request signature we/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "something other than the content type differs",
      all: [
        {
          in: ["symptom"],
          text: /\bsecret\b|\bACL\b|public-read|\bmetadata\b|\bregion\b|signature ?version|\bv[24] sign|\bproxy\b|\bspecial characters?\b|\bspaces?\b|\bencod|\bnew keys?\b/i,
        },
        { in: ["body", "log", "symptom"], text: /SignatureDoesNotMatch|signature we calculated/i },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "signatures and a store are spoken of",
      all: [
        { in: ["symptom"], text: /\bsignatures?\b|\bpre-?signed\b/i },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /\bs3\b|\bminio\b|\bbucket\b|\baws\b/i,
        },
      ],
      none: [{ in: ["symptom", "config", "log", "request", "body", "headers"], text: /\bexpir/i }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "what stands between changes the host or path that was signed",
      all: [
        { in: ["symptom"], text: /\bpre-?signed\b|\bsigned ur[il]s?\b/i },
        {
          in: ["symptom"],
          text: /\bproxy\b|\bworker\b|\bcustom domain\b|\bcname\b|\bcdn\b|\breverse\b|\bhost header\b|\brewrit\w{1,5}\b|\bdirectly\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /<Code>AccessDenied|InvalidAccessKeyId|according to Policy|expire|cloudfront/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "what was signed and what is sent may differ",
      all: [
        { in: ["symptom"], text: /\bpre-?signed\b|\bsigned ur[il]s?\b/i },
        {
          in: ["symptom"],
          text: /\bACL\b|public-read|\bmetadata\b|\bheaders?\b|\bregion\b|signature ?version|\bproxy\b|\bspecial char|\bencod|\bcustom domain\b|\bput_?object\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /AccessDenied|InvalidAccessKeyId|according to Policy|expire/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "a signed URL is refused",
      all: [{ in: ["symptom"], text: /\bpre-?signed\b|\bsigned (?:put |upload )?url/i }],
      none: [
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /cloudfront|laravel|expir|yesterday|<Code>(?!Signature)/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a proxy stands before the store, and the signed host or path may change on the way",
      all: [
        { in: ["symptom"], text: /\bminio\b|\bs3\b|\bmc (?:cp|ls|mb|mirror|admin|alias|config)\b|object stor/i },
        {
          in: ["symptom"],
          text: /\breverse[- ]?prox|\bbehind (?:a |an |my |the )?(?:nginx|proxy|traefik|caddy|apache|haproxy|reverse|cloudflare|load ?balancer|ingress|tunnel)|\bthrough (?:a |an |my |the )?(?:nginx|proxy|traefik|caddy|apache|haproxy|reverse|cloudflare|ingress|tunnel)|nginx[- ]proxy/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /<Code>(?!Signature)|InvalidAccessKeyId|expire|skew|anonymous|public bucket|cors|preflight|console login|website/i,
        },
      ],
    },
    {
      weight: "proof",
      basis: "documented",
      says: "the store lists headers that were sent and not signed",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /headers present in the request which were not signed|<HeadersNotSigned>/i,
        },
      ],
    },
    {
      weight: "against",
      basis: "documented",
      says: "Azure's words",
      all: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /Signature did not match\. String to sign used|blob\.core\.windows|AuthenticationErrorDetail/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "a version 4 address signs headers beside the host, which must be sent as signed",
      all: [{ in: ["request", "body", "log", "config"], text: /X-Amz-SignedHeaders=[^&\s]{0,40}(?:%3B|;)/i }],
      none: [
        {
          in: ["request", "body", "log", "config"],
          text: /content-type[^&\s]{0,20}(?:%3B|;)?host|AccessDenied|has expired/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "an address that carries a signature is refused, and nothing more is told",
      all: [{ in: ["request"], text: /X-Amz-(?:Algorithm|Signature|Credential|SignedHeaders)=|[?&]AWSAccessKeyId=/i }],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /<Code>|AccessDenied|expired|content-?type|cloudfront|upload|PUT\b/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a signed address is rewritten to another name of the store",
      all: [
        { in: ["symptom"], text: /\bpre-?signed|\bsigned (?:url|link)/i },
        {
          in: ["symptom"],
          text: /\brewrit|\breplac\w{1,4}\b[^\n]{0,20}\b(?:host|domain|url)|\bpublic (?:host|domain|url)\b|\bsignature error\b|\binternal (?:host|url|endpoint)/i,
        },
      ],
    },
  ],
})
