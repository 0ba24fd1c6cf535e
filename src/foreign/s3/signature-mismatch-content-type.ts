import { foreignCause } from "../cause.ts"

export const s3SignatureMismatchContentType = foreignCause({
  code: "s3/signature-mismatch-content-type",
  emitter: "s3",
  title: "The upload's Content-Type differs from the one that was signed",
  why: "With Signature Version 2 always, and with Version 4 where it is among the signed headers, the content type is part of the signature. A browser sets it from the file, so one type of file passes and another is refused.",
  fix: [
    {
      by: "caller",
      does: "Send exactly the `Content-Type` that was signed; where none was signed, send none",
      admits: "nobody else",
    },
    {
      by: "operator",
      does: "Sign the type the browser will send, `application/octet-stream` where it knows none",
      admits: "holders of the address, with that type",
    },
  ],
  unwise: [
    "Leaving the type unsigned lets the holder of the address upload any type, such as HTML that is then served",
  ],
  ask: {
    question: "Which content type stands in the answer's `StringToSign`, and which one was signed?",
    why: "The third line of a version 2 string, or the `content-type` line of a version 4 request, is what arrived",
  },
  sources: [
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/RESTAuthentication.html",
    "https://github.com/odysseyscience/react-s3-uploader/issues/13",
    "https://github.com/aws/aws-sdk-js/issues/557",
    "https://github.com/transloadit/uppy/issues/1233",
  ],
  clues: [
    {
      weight: "fair",
      basis: "documented",
      says: "the store's code for signatures that differ",
      all: [
        { in: ["body", "log", "symptom"], text: /SignatureDoesNotMatch|signature we calculated does ?n[o']t match/i },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the type of what is uploaded is in question",
      all: [
        {
          in: ["request", "symptom"],
          text: /content-?type|\bmime\b|octet-stream|multipart\/form-data|\bfile types?\b|\bcustom extension\b|\bfile extension\b/i,
        },
        { in: ["body", "log", "symptom"], text: /SignatureDoesNotMatch|signature we calculated/i },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the string the store signed has a content type",
      all: [
        {
          in: ["body"],
          text: /<StringToSign>\s{0,5}PUT\s{1,5}[\w+/=]{0,40}\s{0,5}(?:multipart\/form-data|application\/[\w.+-]+|(?:image|audio|video|text)\/[\w.+-]+)/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "some kinds of files pass and others do not",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:images?|audio|videos?|pdfs?|csv|text|json|known|recognized)\b[^\n]{0,40}\b(?:work|ok|fine|succeed|pass)\w{0,3}\b[^\n]{0,40}\b(?:images?|audio|videos?|pdfs?|csv|text|json|other|unknown|octet)|\b(?:work|succeed|pass)\w{0,3}\b[^\n]{0,30}\bfile types?\b/i,
        },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /\bupload|\bpresign|\bsigned url|\bPUT\b|\bs3/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "the type of an upload to a presigned address is in question",
      all: [
        {
          in: ["request", "symptom"],
          text: /content-?type|\bmime\b|octet-stream|\bfile types?\b|\b(?:file|custom) extension\b/i,
        },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /\bpre-?signed\b|\bsigned url\b|\bsigning\b|\bs3|X-Amz-Signature|AWSAccessKeyId=/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /AccessDenied|InvalidAccessKeyId|according to Policy|has expired/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "a type is fixed when the address is signed",
      all: [
        { in: ["config", "request"], text: /\bContent-?Type['"]?\s{0,3}(?:[:=]|=>)|response-content-type/i },
        {
          in: ["body", "log", "symptom"],
          text: /SignatureDoesNotMatch|signature we calculated|signatures? (?:does|do|did) ?n[o']t match|signature mismatch/i,
        },
      ],
      none: [{ in: ["config"], text: /x-amz-acl|public-read[^\n]{0,5}x-amz/i }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the browser sends it, and a browser names a type of its own",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:browser|fetch|axios|ajax|XHR|XMLHttpRequest|front-?end|angular\w{0,2}|react|vue|dropzone|uppy|postman)\b/i,
        },
        { in: ["symptom"], text: /\b(?:uploads?|uploading|PUT|pre-?signed|signed url)\b/i },
        {
          in: ["body", "log", "symptom"],
          text: /SignatureDoesNotMatch|signature we calculated|signatures? (?:does|do|did) ?n[o']t match/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /\bproxy\b|\bworker\b|custom domain|\bcname\b|\bcdn\b|host header|metadata|checksum|special char|\bspaces?\b|secret|region/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a signed URL works for one client, and not for one that sends a content type",
      all: [
        { in: ["symptom"], text: /\bpre-?signed\b|\bsigned\b[^\n]{0,20}\burl/i },
        {
          in: ["symptom"],
          text: /\bcurl\b|content-?type|\bheaders?\b|\bangular\w*|\baxios\b|\$\.ajax|\bjquery\b|\bfetch\b|\bbrowser\b|\bxhr\b|\bmultipart|\bform-?data/i,
        },
      ],
      none: [
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /cloudfront|laravel|expir|CORS|preflight/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "a tool uploads to the presigned address and a browser does not: the browser adds a type",
      all: [
        { in: ["symptom"], text: /\bcurl\b|\bpostman\b|\bpython\b|\bworks\b|\bnode\b/i },
        {
          in: ["symptom"],
          text: /\b(?:browser|fetch|axios|ajax|XHR|front-?end|angular\w{0,2}|react|vue|dropzone|uppy|safari)\b/i,
        },
        { in: ["symptom"], text: /\bpre-?signed\b|\bsigned url\b/i },
        { in: ["symptom"], text: /\buploads?\b|\buploading\b|\bPUT\b/i },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /<Code>AccessDenied|InvalidAccessKeyId|according to Policy|\bPOST\b|has expired|laravel|cloudfront|region|proxy/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "an upload to a presigned address passes from a tool, and not from a page",
      all: [
        { in: ["symptom"], text: /\bcurl\b|\bpostman\b|\bpython\b/i },
        {
          in: ["symptom"],
          text: /\b(?:browser|fetch|axios|ajax|XHR|front-?end|angular\w{0,2}|react|vue|dropzone|uppy|safari)\b/i,
        },
        { in: ["symptom"], text: /\bupload/i },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /pre-?signed|\bsigned url|getSignedUrl|generate_presigned/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /<Code>AccessDenied|according to Policy|laravel|cloudfront/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "an upload by PUT to a presigned address: what sends it may name a type",
      all: [
        { in: ["symptom"], text: /\bPUT\b|\bupload\w{0,3}\b/ },
        { in: ["symptom"], text: /\bpre-?signed\b|\bsigned ur[il]/i },
        { in: ["body", "log", "symptom"], text: /SignatureDoesNotMatch|signature we calculated/i },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /\bproxy\b|\bworker\b|custom domain|\bcname\b|\bcdn\b|host header|metadata|checksum|special char|\bspaces?\b|secret|region|\bacl\b|public-read|minio|v4|signature ?version|\bGET\b/i,
        },
      ],
    },
    {
      weight: "against",
      basis: "documented",
      says: "a version 4 address whose signed headers leave the content type out",
      all: [
        {
          in: ["request", "body", "log", "config"],
          text: /X-Amz-SignedHeaders=(?![^&\s]{0,200}content-type)[\w%;-]{1,200}/i,
        },
      ],
    },
  ],
})
