import { foreignCause } from "../../cause.ts"

export const edgeCloudfrontS3OriginDenied = foreignCause({
  code: "edge/cloudfront/s3-origin-denied",
  emitter: "s3",
  title: "The bucket behind CloudFront does not let CloudFront read this object",
  why: "CloudFront relays the bucket's `AccessDenied`. The bucket's policy does not name the distribution (origin access control), the object belongs to another account, or the object is not there: without the right to list, S3 says 403 for a missing key too. Routes of a single-page application are such missing keys.",
  fix: [
    {
      by: "operator",
      does: "Let the bucket's policy grant `s3:GetObject` to cloudfront.amazonaws.com with the distribution's ARN as `AWS:SourceArn`",
      admits: "that distribution, and so everyone it serves",
    },
    {
      by: "operator",
      does: "Answer 403 and 404 with /index.html and 200 by custom error responses, where routes of a single-page application are asked for",
      admits: "everyone, to that page",
    },
    { by: "operator", does: "Correct the key, origin path or default root object", admits: "everyone, to that object" },
  ],
  unwise: [
    "Making the bucket public: everyone can read it past the distribution",
    "`s3:ListBucket` for everyone: the names of all objects can be read",
  ],
  ask: {
    question: "Is there an object with exactly the origin path and the URL's path as its key?",
    why: "A missing key and a missing grant are told by the same answer.",
  },
  sources: [
    "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html",
    "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-403-permission-denied.html",
    "https://repost.aws/knowledge-center/s3-website-cloudfront-error-403",
  ],
  clues: [
    {
      weight: "strong",
      basis: "documented",
      says: "the bucket refused, and CloudFront handed it on",
      all: [
        { in: ["body", "log", "symptom"], text: /<Code>AccessDenied<\/Code>|\bAccess ?Denied\b/i },
        { in: ["headers", "symptom", "body", "config", "log"], text: /cloudfront/i },
      ],
      none: [
        {
          in: ["symptom", "request", "body", "config"],
          text: /signed (?:url|cookie)|Key-Pair-Id|<Message>Access denied<|trusted_?(?:key_groups|signers)/,
        },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the answer is the bucket's and came through CloudFront",
      all: [
        { in: ["headers"], text: /server: ?AmazonS3/i },
        { in: ["headers"], text: /cloudfront/i },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "CloudFront's right to read the bucket is spoken of",
      all: [
        {
          in: ["symptom", "config"],
          text: /origin access (?:control|identity)|\bOAC\b|\bOAI\b|OriginAccess(?:Control|Identity)/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a bucket behind CloudFront is spoken of",
      all: [
        { in: ["symptom", "config"], text: /\bs3\b|bucket/i },
        { in: ["symptom", "config", "headers", "body"], text: /cloudfront/i },
      ],
      none: [{ in: ["body", "log"], text: /Request blocked|MissingKey|HTTP request method|Bad request/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "routes of a single-page application fail when they are opened anew",
      all: [
        {
          in: ["symptom"],
          text: /refresh|reload|deep link|sub-?(?:page|route|path|director)|\broutes?\b|index\.html|default root object/i,
        },
        {
          in: ["symptom", "config", "headers", "body"],
          text: /cloudfront|\bs3\b[^\n]{0,40}(?:site|website|bucket url)|(?:site|website)[^\n]{0,40}\bs3\b/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a page that exists only in the browser is asked for as an object of the bucket",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:refresh\w*|reload\w*|deep[- ]?link\w*|direct(?:ly)? (?:link\w*|open\w*|access\w*|url)|(?:any|every|other) (?:page|route|path)s? (?:other than|except|but))\b/i,
        },
        { in: ["symptom", "body", "log"], text: /\baccess ?denied\b/i },
      ],
      none: [
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /php|nginx|apache|kong|spring|laravel|azure|tomcat/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a site of static files at S3 or CloudFront",
      all: [
        { in: ["symptom", "request", "headers"], text: /cloudfront/i },
        {
          in: ["symptom"],
          text: /\b(?:files?|site|website|pages?|static|assets?|images?|SPA|react|angular|vue|routes?|director(?:y|ies)|sub-?folders?)\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /\bwaf\b|web ?acl|request blocked|country|signed|Key-Pair|CNAME|custom domain|alternate domain|\b(?:POST|PUT|DELETE|PATCH)\b|execute-api|api gateway/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the answer is S3's, handed on by CloudFront",
      all: [
        { in: ["headers"], text: /server: ?AmazonS3/i },
        { in: ["headers"], text: /cloudfront|x-amz-cf-/i },
      ],
    },
    {
      weight: "against",
      basis: "documented",
      says: "a signed address is asked, so CloudFront itself may be who refuses",
      all: [
        {
          in: ["symptom", "request", "config"],
          text: /\bsigned (?:urls?|cookies?)\b|Key-Pair-Id|trusted_?(?:key_?groups?|signers)/i,
        },
      ],
      none: [{ in: ["body", "headers"], text: /server: ?AmazonS3|x-amz-id-2/i }],
    },
  ],
})
