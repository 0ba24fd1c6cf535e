import { foreignCause } from "../cause.ts"

export const corsPreflightMethodNotAllowed = foreignCause({
  code: "cors/preflight-method-not-allowed",
  emitter: "application",
  title: "The method is not on the server's list of methods for other origins",
  why: "Without a CORS preflight browsers send only GET, HEAD and POST to another origin. Others such as PUT, PATCH and DELETE must be named in the CORS configuration; where they are not, the preflight is refused, or answered without them, and the request is not sent.",
  fix: [
    {
      by: "operator",
      does: "Add the one method to the CORS configuration's allowed methods for this path",
      admits: "scripts on pages of the allowed origins, with that method",
    },
  ],
  ask: {
    question:
      "Which methods does `Access-Control-Allow-Methods` of the preflight's answer name, and is the request's among them?",
    why: "A method that is missing there is the cause.",
  },
  sources: [
    "https://github.com/EasyDynamics/oscal-rest-service/pull/55",
    "spring-projects/spring-framework spring-web/src/main/java/org/springframework/web/cors/DefaultCorsProcessor.java",
    "https://github.com/expressjs/cors/issues/80",
  ],
  clues: [
    {
      weight: "proof",
      basis: "documented",
      says: "the browser says that the method is missing in the preflight's answer",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /Method [A-Z]{2,10} is not allowed by Access-Control-Allow-Methods|Did not find method in CORS header/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "a preflight, and a method beyond the simple ones",
      all: [
        { in: ["symptom"], text: /\b(?:preflight|CORS|OPTIONS)\b/ },
        { in: ["symptom"], text: /\b(?:PUT|PATCH|DELETE|allowed ?methods|request methods|HTTP methods|methods?)\b/ },
      ],
      none: [{ in: ["symptom"], text: /\b(?:authori[sz]\w*|authenticat\w*|token)\b/i }],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the preflight asks for a method beyond the simple ones",
      all: [{ in: ["request"], text: /access-control-request-method: ?(?:PUT|PATCH|DELETE)/i }],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "the configuration lists methods for other origins",
      all: [{ in: ["config"], text: /allowed-?_?methods|Access-Control-Allow-Methods|methods: ?\[/i }],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "the answer lists methods for other origins",
      all: [{ in: ["headers"], text: /access-control-allow-methods:/i }],
    },
    {
      weight: "slight",
      basis: "documented",
      says: "the request is an OPTIONS",
      all: [{ in: ["request"], text: /(?:^|\s)(?:-X ?)?OPTIONS\b/m }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a page's PUT, PATCH or DELETE is refused, and its GET and POST are not",
      all: [
        { in: ["symptom"], text: /\b(?:PUT|PATCH|DELETE)\b/ },
        { in: ["symptom"], text: /\bGET\b|\bPOST\b|\bothers?\b/ },
        { in: ["symptom"], text: /\bworks?\b|\bfine\b|\bok\b|\bno problem\b|\bpass(?:es)?\b/i },
        {
          in: ["symptom", "log", "config"],
          text: /\bclient\b|\bfront-?end\b|\bbrowser\b|\bCORS\b|\breact\b|\bangular\b|\bvue\b|\baxios\b|\bfetch\b|\bpage\b|\bspring\b/i,
        },
      ],
      none: [{ in: ["symptom", "body", "log"], text: /csrf|modsec|rest_|coreruleset/i }],
    },
    {
      weight: "proof",
      basis: "source",
      says: "Spring's processor or Starlette's middleware refuses the method",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /\bReject: HTTP '[A-Z]{3,8}' is not allowed|Disallowed CORS [^\n]{0,20}method|Did not find method in CORS header|CorsMethodNotAllowed/i,
        },
      ],
    },
  ],
})
