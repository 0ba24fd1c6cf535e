import { foreignCause } from "../cause.ts"

export const s3AccessDenied = foreignCause({
  code: "s3/access-denied",
  emitter: "s3",
  title: "No policy allows this action on the bucket or object",
  why: "An S3 request needs a grant from the identity's policy or the bucket's, and no denial in any. Without the right to list, an object that does not exist is refused like one that is hidden.",
  fix: [
    {
      by: "operator",
      does: "Grant exactly the action and resource the message names, such as `s3:PutObjectAcl` on `bucket/prefix/*`, in the identity or bucket policy",
      admits: "the identity the statement names, on those objects",
    },
    {
      by: "caller",
      does: "Check the bucket, key and region asked for; a key that does not exist is refused where listing is not granted",
      admits: "nobody else",
    },
    {
      by: "caller",
      does: "Leave the ACL out of the request where the bucket has ACLs disabled",
      admits: "nobody else",
    },
  ],
  unwise: [
    "Making the bucket public admits everyone on the Internet",
    "Granting `s3:*` on `*` lets the identity delete what it only had to read",
  ],
  ask: {
    question: "Does the object exist, and which identity does the request run as?",
    why: "A missing object, a missing action, and a wrong identity give the same code",
  },
  sources: [
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html",
    "https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html",
    "https://github.com/aws/aws-cli/issues/813",
    "https://github.com/jenkinsci/pipeline-aws-plugin/issues/183",
    "https://github.com/treeverse/dvc/issues/6433",
  ],
  clues: [
    {
      weight: "strong",
      basis: "documented",
      says: "S3 answers so where no policy allows the action",
      all: [{ in: ["body", "log", "symptom"], text: /<Code>AccessDenied<\/Code>/i }],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /Request has expired|not valid yet|Invalid according to Policy|Accept-Ranges|\bcloudfront\b|X-Amz-Cf-/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "an AWS library names the operation that was denied",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /\(?AccessDenied\)?\)?[^\n]{0,60}when calling the (?:Put|Get|Head|List|Delete|Copy|Create|Upload|Complete|Restore)\w{0,40} operation/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /Request has expired|Invalid according to Policy/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the Java library for S3 says so",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /AmazonS3Exception: Access Denied|S3Exception: Access Denied|Service: (?:Amazon )?S3[^\n]{0,120}Error Code: (?:AccessDenied|403 Forbidden)/i,
        },
      ],
    },
    {
      weight: "proof",
      basis: "documented",
      says: "the message names the S3 action no policy allows",
      all: [{ in: ["body", "log", "symptom"], text: /not authorized to perform: s3:\w+/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "an object's headers are asked for, an answer without a body",
      all: [
        { in: ["symptom"], text: /\bhead_?object\b|\bHEAD request\b/i },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /\bs3\b|\blambda\b|\baws\b|\bbucket\b|\bboto\w{0,4}\b|Forbidden: null/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "an object's headers were asked for and the store answered only with the status",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /\(403\) when calling the HeadObject operation|HeadObject operation: Forbidden|HeadBucket operation: Forbidden/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "a bucket refuses an ACL, or hides what is not there",
      all: [
        { in: ["symptom"], text: /\bbuckets?\b|\bs3/i },
        {
          in: ["symptom", "config", "log"],
          text: /public-read|\bACLs?\b|\bListBucket\b|\bPutObjectAcl\b|\bbucket[-_ ]polic/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /\bpre-?signed|\bsigned url|SignatureDoesNotMatch|signature we calculated|has expired|InvalidAccessKeyId|TooSkewed|according to Policy|cloudfront|storage\.googleapis/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "permissions of a bucket are spoken of",
      all: [
        { in: ["symptom", "config", "log"], text: /\b(?:s3|buckets?)\b/i },
        {
          in: ["symptom", "config", "log"],
          text: /\bs3:(?:PutObject|GetObject|ListBucket|DeleteObject)\w{0,12}|\bbucket polic|\bPutObjectAcl\b|\bpublic access block|\bBlockPublic\w+|\bACLs?\b|\bIAM (?:role|polic|user)/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /SignatureDoesNotMatch|signature we calculated|has expired|InvalidAccessKeyId|TooSkewed/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "S3 or a store like it is named",
      all: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /\bs3(?:[A-Z]\w{0,20})?\b|\.amazonaws\.com\b|\bminio\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /execute-api|SignatureDoesNotMatch|signature we calculated|has expired|InvalidAccessKeyId|TooSkewed|according to Policy/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "an object store says that access is denied",
      all: [
        {
          in: ["symptom", "request", "log", "config"],
          text: /\bbuckets?\b|\bobject stor(?:e|age)\b|\bminio\b|\bs3\b/i,
        },
        { in: ["symptom", "body", "log"], text: /\baccess ?denied\b/i },
      ],
      none: [
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /cloudfront|X-Amz-Cf|google|gcs|gsutil|azure|signature|pre-?signed|expired|Bedrock|refresh|according to Policy|storage\.objects|CORS/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "S3 itself answers",
      all: [{ in: ["headers"], text: /server: ?AmazonS3|x-amz-id-2|server: ?minio/i }],
      none: [
        { in: ["symptom", "body", "log", "headers"], text: /Signature|expired|InvalidAccessKey|TooSkewed|cloudfront/i },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "S3's page for a denial",
      all: [{ in: ["body"], text: /<li>Code: ?AccessDenied<\/li>/i }],
      none: [{ in: ["symptom", "request", "headers", "body", "log", "config"], text: /cloudfront|expired/i }],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "words of clients of object stores where access is denied",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /AccessDenied: Access Denied|\(AccessDenied\): Access Denied|S3ResponseError: 403|s3(?:Error|ServerException|fs)?\b[^\n]{0,40}\bAccess Denied|code: ?AccessDenied|mc: <ERROR>[^\n]{0,160}Access Denied|api error AccessDenied|AccessControlListNotSupported|The bucket does not allow ACLs|S3 operation failed; code: AccessDenied/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /cloudfront|bedrock|SignatureDoesNotMatch|has expired|according to Policy|googleapis|gsutil|not signed/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "Ruby's and PHP's clients of the store",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /Excon::Error(?:s)?::Forbidden|Aws::S3::Errors::(?:AccessDenied|Forbidden)|Aws\\+S3\\+Exception|S3Exception\b|fog\b[^\n]{0,60}Forbidden/,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /Signature|has expired|InvalidAccessKey|TooSkewed/,
        },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the store's bucket is encrypted with a key the caller may not use",
      all: [{ in: ["body", "log", "symptom"], text: /not authorized to perform: kms:|allows the kms:\w{1,30} action/ }],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "a signer's own rights count for what it signs",
      all: [
        { in: ["symptom"], text: /\b(?:signer|lambda|role|generator|presigned ?post|createPresignedPost|policy)\b/i },
        { in: ["symptom"], text: /\bpre-?signed|signed (?:url|post)|createPresignedPost/i },
        { in: ["body", "log", "symptom"], text: /Access ?Denied/i },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /<Code>(?!AccessDenied)|has expired|according to Policy|not signed|cloudfront/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "uploads by a signed address are denied, and the store says nothing of a signature",
      all: [
        { in: ["body", "log", "symptom"], text: /\bAccess ?Denied\b/i },
        { in: ["symptom"], text: /\bpre-?signed|\bsigned (?:url|post)|createPresignedPost/i },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /Signature(?:Does|s? do)|signature we|has expired|according to Policy|not signed|cloudfront|expir/i,
        },
      ],
    },
    {
      weight: "against",
      basis: "documented",
      says: "the store names the headers that were not signed, or the signature",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /headers present in the request which were not signed|<HeadersNotSigned>|<Message>SignatureDoesNotMatch/i,
        },
      ],
    },
  ],
})
