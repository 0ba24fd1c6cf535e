import { foreignCause } from "../cause.ts"

export const jenkinsCrumbWithoutSessionCookie = foreignCause({
  code: "jenkins/crumb-without-session-cookie",
  emitter: "jenkins",
  title: "The crumb was sent without the session it was issued for",
  why: "Since 2.176.2 a crumb is valid only in the web session in which it was issued. A script that fetches it with one request and sends it with another, without keeping the cookie, is refused although the crumb is right.",
  fix: [
    {
      by: "caller",
      does: "Keep the cookie of the crumb request and send it with the POST (`curl -c jar … && curl -b jar …`)",
      admits: "nobody else",
    },
    {
      by: "caller",
      does: "Log in with an API token instead of the password: then no crumb is asked for",
      admits: "nobody else",
    },
  ],
  unwise: ["Starting Jenkins with `EXCLUDE_SESSION_ID=true`: a crumb that leaks is then valid in any session"],
  ask: {
    question: "Does the POST carry the `JSESSIONID…` cookie that came with the crumb?",
    why: "Without it no crumb is valid.",
  },
  sources: [
    "https://www.jenkins.io/doc/upgrade-guide/2.176/",
    "jenkinsci/jenkins core/src/main/java/hudson/security/csrf/CrumbFilter.java",
    "https://github.com/spinnaker/spinnaker/issues/2067",
    "https://github.com/pycontribs/jenkinsapi/pull/727",
    "https://github.com/jenkinsci/java-client-api/issues/429",
  ],
  clues: [
    {
      weight: "strong",
      basis: "source",
      says: "Jenkins' crumb filter writes this, for a missing crumb too",
      all: [
        { in: ["body", "log", "symptom"], text: /No valid crumb was included in (?:the )?request/i },
        {
          in: ["request", "symptom", "log"],
          text: /(?<!no )\b(?:a )?valid crumb\b(?! was included)|Jenkins-Crumb|\$\{?crumb|\bcrumb\b[^\n]{0,40}\b(?:sent|fetched|obtained|passed|added|set|issued|requested)\b|\b(?:fetch\w*|get(?:ting)?|obtain\w*|send\w*|request\w*|generat\w*) (?:a |the )?(?:valid )?crumb|cookies?|Found invalid crumb|web session|upgrad\w*|updat\w*|2\.[1-9]\d\d/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "source",
      says: "Jenkins' crumb filter writes this, for a missing crumb too",
      all: [{ in: ["body", "log", "symptom"], text: /No valid crumb was included in (?:the )?request/i }],
    },
    {
      weight: "strong",
      basis: "source",
      says: "a crumb was sent and did not fit",
      all: [{ in: ["log"], text: /Found invalid crumb/ }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the report says that a crumb is fetched and sent",
      all: [
        {
          in: ["symptom"],
          text: /(?<!no )\bvalid crumb\b(?! was included)|\bcrumb\b[^\n]{0,40}\b(?:sent|sends|fetched|obtained|passed|added|set|issued|requested|correct|included in the header)\b(?! in (?:the )?request)|\b(?:fetch\w*|get(?:s|ting)?|obtain\w*|send\w*|with|request\w*|generat\w*|asks? for) (?:a |the )?(?:valid )?crumb|crumb ?issuer/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the request carries a crumb",
      all: [{ in: ["request"], text: /Jenkins-Crumb|\.crumb["']?: |\$\{?crumb/i }],
      none: [{ in: ["request"], text: /JSESSIONID|(?:^|\s)-b\b|--cookie\b/ }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the session or its cookie is named",
      all: [
        { in: ["symptom"], text: /\b(?:cookies?|web session|session id|JSESSIONID|same session)\b/i },
        { in: ["symptom", "body", "log", "request"], text: /\b(?:crumb|jenkins)\b/i },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "it began with an upgrade of Jenkins",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:upgrad\w*|updat\w*|since (?:version )?2\.\d|as of 2\.\d|new(?:er|est)? version|2\.1[789]\d|2\.[2-9]\d\d)\b/i,
        },
        { in: ["symptom", "body", "log", "request"], text: /\b(?:crumb|jenkins)\b/i },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "a crumb that is told to be invalid was sent",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /\b(?:invalid|wrong|expired|stale|bad) crumb\b|\bcrumb (?:is |was |becomes |became )?(?:invalid|wrong|expired|stale|not valid)\b/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the crumb was had before, and its session ended",
      all: [
        { in: ["symptom"], text: /\bcrumb\b/i },
        {
          in: ["symptom"],
          text: /\b(?:minutes|later|after|session|reload|restart|page (?:was )?loaded|wizard|idle|proxy)\b/i,
        },
      ],
      none: [{ in: ["symptom"], text: /\bno (?:valid )?crumb\b/i }],
    },
    {
      weight: "slight",
      basis: "source",
      says: "a script is told to use a token instead",
      all: [{ in: ["body", "log", "symptom"], text: /crumb-cannot-be-used-for-script/ }],
    },
  ],
})
