import { foreignCause } from "../cause.ts"

export const jenkinsCrumbMissing = foreignCause({
  code: "jenkins/crumb-missing",
  emitter: "jenkins",
  title: "Jenkins wants a crumb with every POST, and the request has none",
  why: "Jenkins protects POSTs of users against forgery with a crumb. Webhooks, plugins and scripts that log in by password and send none are refused; an API token needs no crumb.",
  fix: [
    {
      by: "caller",
      does: "Log in with an API token instead of the password: then no crumb is asked for",
      admits: "nobody else",
    },
    {
      by: "caller",
      does: "Fetch a crumb from `/crumbIssuer/api/json`, and send it and the session's cookie with the POST",
      admits: "nobody else",
    },
    {
      by: "operator",
      does: "Point the webhook at the address its plugin exempts from crumbs, with its slash at the end",
      admits: "nobody else",
    },
  ],
  unwise: ['Switching "Prevent Cross Site Request Forgery exploits" off: other sites may then act in the user\'s name'],
  ask: {
    question: "Does the request carry a `Jenkins-Crumb` field?",
    why: "None proves it; one that is refused points to the session's cookie.",
  },
  sources: [
    "jenkinsci/jenkins core/src/main/java/hudson/security/csrf/CrumbFilter.java",
    "https://www.jenkins.io/doc/book/security/csrf-protection/",
    "https://github.com/tomasbjerre/pull-request-notifier-for-bitbucket/issues/56",
    "https://github.com/jenkinsci/bitbucket-push-and-pull-request-plugin/issues/250",
  ],
  clues: [
    {
      weight: "fair",
      basis: "source",
      says: "Jenkins' crumb filter writes this, and nothing is said of a crumb that was sent",
      all: [{ in: ["body", "log", "symptom"], text: /No valid crumb was included in (?:the )?request/i }],
      none: [
        {
          in: ["request", "symptom", "log"],
          text: /(?<!no )\b(?:a )?valid crumb\b(?! was included)|Jenkins-Crumb|\$\{?crumb|\bcrumb\b[^\n]{0,40}\b(?:sent|fetched|obtained|passed|added|set|issued|requested)\b|\b(?:fetch\w*|get(?:ting)?|obtain\w*|send\w*|request\w*|generat\w*) (?:a |the )?(?:valid )?crumb|session cookie|\bcookies?\b|Found invalid crumb|web session|2\.176|2\.186/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "source",
      says: "Jenkins' crumb filter writes this",
      all: [{ in: ["body", "log", "symptom"], text: /No valid crumb was included in (?:the )?request/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "webhooks, plugins and other programs send no crumb",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:webhook|hook|trigger\w*|plugin|bitbucket|stash|gitlab|github|script|client|api)\b/i,
        },
        { in: ["symptom", "body", "log", "request"], text: /\b(?:jenkins|crumb)\b/i },
      ],
    },
    {
      weight: "slight",
      basis: "documented",
      says: "Jenkins and CSRF",
      all: [
        { in: ["symptom", "body"], text: /\bjenkins\b/i },
        { in: ["symptom", "body", "log"], text: /\b(?:crumb|csrf)\b/i },
      ],
    },
    {
      weight: "slight",
      basis: "documented",
      says: "an address of Jenkins",
      all: [{ in: ["request"], text: /\/job\/|\/crumbIssuer|\/buildWithParameters|-webhook\/|\/pluginManager\// }],
    },
    {
      weight: "slight",
      basis: "case",
      says: "Jenkins refuses a POST of a program",
      all: [
        { in: ["symptom", "body", "log", "request"], text: /\bjenkins\b/i },
        {
          in: ["symptom", "request"],
          text: /\b(?:webhook|curl|script|bot|POST|trigger\w{0,3}|build command|plugin|client|remote)\b/i,
        },
      ],
    },
  ],
})
