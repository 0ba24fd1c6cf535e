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
    {
      weight: "slight",
      basis: "case",
      says: "a build or job is to be started by a program",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:trigger|start|request|invok|schedul|run|launch|build|kick)\w{0,4}\b[^\n]{0,20}\b(?:builds?|jobs?)\b|\bbuilds?\b[^\n]{0,20}\b(?:command|trigger|request)\w{0,3}\b|trigger_?build/i,
        },
        {
          in: ["symptom"],
          text: /\b(?:plugin|bot|stash|bitbucket|gitlab|client|module|script|cron|curl|webhook|hook|python|java|perl|ruby|node|IDE|editor|remote\w{0,2}|api|program|from)\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /github|actions?\b|gemini|vertex|bedrock|sagemaker|kube|k8s|azure|gcloud|cloud ?build|npm|docker build|train/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "a webhook of a code host is refused",
      all: [
        { in: ["symptom"], text: /\bweb-?hooks?\b|\bpush hook\b/i },
        { in: ["symptom"], text: /\b(?:bitbucket|stash|gitlab|gitea|gogs|svn)\b/i },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "code that asks Jenkins to do something",
      all: [
        {
          in: ["config", "request", "log"],
          text: /\bjenkins\w{0,10}\.(?:build|build_job|getJob|createJob|create_job|createItem)\b|https?:\/\/jenkins[\w.-]{0,80}(?::\d{2,5})?\/(?:createItem|job\/)|JenkinsServer\(|\/createItem\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /crumbIssuer|Jenkins-Crumb|session cookie|invalid crumb/i,
        },
      ],
    },
  ],
})
