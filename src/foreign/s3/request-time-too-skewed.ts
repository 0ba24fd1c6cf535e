import { foreignCause } from "../cause.ts"

export const s3RequestTimeTooSkewed = foreignCause({
  code: "s3/request-time-too-skewed",
  emitter: "s3",
  isNoMatterOfRights: true,
  title: "The clock of the signing machine differs from the store's by more than the store allows",
  why: "A signature carries its time, so that a recorded request cannot be sent again later. The store allows 15 minutes of difference and refuses the rest, whatever the key.",
  fix: [
    {
      by: "caller",
      does: "Set the clock by NTP, on the host and after sleep also in virtual machines and containers",
      admits: "nobody else",
    },
  ],
  unwise: ["Raising the allowed difference lets recorded requests be replayed for that long"],
  ask: {
    question: "By how much do `RequestTime` and `ServerTime` in the answer differ?",
    why: "A difference over 900 seconds is the cause; its sign tells which clock is off",
  },
  sources: [
    "https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html",
    "https://github.com/minio/minio (cmd/api-errors.go)",
    "https://github.com/minio/minio-py/issues/285",
    "https://github.com/boot2docker/boot2docker/issues/469",
  ],
  clues: [
    {
      weight: "proof",
      basis: "documented",
      says: "the store's code for clocks that differ",
      all: [{ in: ["body", "log", "symptom"], text: /\bRequestTimeTooSkewed\b|Request Time too skewed/i }],
    },
    {
      weight: "proof",
      basis: "documented",
      says: "the store says that the times differ too much",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /difference between the request time and the (?:current|server'?s) time is too large/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the answer tells the allowed difference",
      all: [{ in: ["body"], text: /<MaxAllowedSkewMilliseconds>/ }],
    },
    {
      weight: "slight",
      basis: "case",
      says: "a store checks the time of a signature",
      all: [
        { in: ["symptom"], text: /\bs3\b|\bminio\b|\bbucket\b|\bceph\b|\bobject stor/i },
        { in: ["symptom"], text: /\bclock\b|\bNTP\b|\bskew|\bsystem time\b/i },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "a clock that drifts, and a store",
      all: [
        { in: ["symptom"], text: /\bclock\b|\bNTP\b|\bsystem time\b|\btime (?:drift|sync\w*|skew)\b|\bskew\w*\b/i },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /\bs3\b|\bminio\b|\baws\b|\bbucket\b|\bspaces\b|\bceph\b/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "a virtual machine or container, whose clock stops while it sleeps",
      all: [
        {
          in: ["symptom"],
          text: /\bvirtual machine\b|\bVM\b|boot2docker|docker (?:for mac|desktop)|\bWSL\d?\b|\bvirtualbox\b|\bafter (?:sleep|resume|suspend)/i,
        },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /\bs3\b|\bminio\b|\baws\b|\bspaces\b|digital ?ocean|\bbucket\b/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "calls to AWS fail from a container or virtual machine, whose clock drifts",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:docker|containers?|virtual machine|vm|wsl|vagrant|boot2docker|raspberry|suspend|sleep|now and then|intermittent\w{0,2}|randomly)\b/i,
        },
        { in: ["symptom"], text: /\baws\b|\bs3\b|boto|bucket|\bspaces\b|digitalocean|minio|uploads?\b/i },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /AccessDenied|SignatureDoesNotMatch|nginx|public|policy|WAF\b|acl|lambda|InvalidAccessKey|bedrock/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a quarter of an hour is the difference that stores admit",
      all: [
        { in: ["symptom"], text: /\b(?:15|fifteen) ?min(?:ute)?s?\b|\b900 ?(?:s|seconds)\b/i },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /\bs3\b|pre-?signed|bucket|minio|noobaa|ceph|aws|signed/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /Request has expired|X-Amz-Expires=900\b|Policy expired/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the store compares the times",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /difference between the request time and the (?:current|server)(?:'s)? time/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a request that lasts or waits longer than the difference that is admitted",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:1[5-9]|2\d|fifteen|twenty)(?: ?(?:-|–|to) ?\d{1,2})? ?min(?:ute)?s?\b|\bslow (?:connection|network|upload)/i,
        },
        { in: ["symptom", "config", "log", "request", "body", "headers"], text: /\bs3\b|bucket|minio|\baws\b/i },
        { in: ["symptom"], text: /\bupload|\blarge (?:files?|uploads?)\b/i },
      ],
      none: [
        { in: ["symptom", "config", "log", "request", "body", "headers"], text: /has expired|AccessDenied|Expires/i },
      ],
    },
  ],
})
