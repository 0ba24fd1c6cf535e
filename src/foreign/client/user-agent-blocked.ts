import { foreignCause } from "../cause.ts"

export const clientUserAgentBlocked = foreignCause({
  code: "client/user-agent-blocked",
  emitter: "upstream",
  title: "The server refuses the client's User-Agent",
  why: "Many sites turn away the names that HTTP libraries give themselves, as most uninvited robots never change them. The same request under another name passes.",
  fix: [
    {
      by: "caller",
      does: "Send a User-Agent that names your program and an address to ask (`name/version (+https://example.com/contact)`)",
      admits: "nobody else",
    },
    {
      by: "operator",
      does: "Take the library's name off the block list for this path, or let requests with a key pass before it",
      admits: "every client of that library, on that path",
    },
  ],
  unwise: [
    "Pretending to be a browser where the site's terms forbid robots; and turning off bot protection for the whole site",
  ],
  ask: {
    question: "Does the same request pass with `curl -A 'Mozilla/5.0'`?",
    why: "If only the name decides, it is a rule on the User-Agent.",
  },
  sources: [
    "https://github.com/openresty/openresty.org/issues/14",
    "https://github.com/joakimskoog/AnApiOfIceAndFire/issues/46",
    "https://www.rfc-editor.org/rfc/rfc9110#section-10.1.5",
  ],
  clues: [
    {
      weight: "strong",
      basis: "case",
      says: "the report says that the answer changes with the User-Agent",
      all: [{ in: ["symptom"], text: /\buser[- ]?agents?\b|\bUA (?:header|string)\b/i }],
      none: [
        {
          in: ["symptom", "body", "log", "headers"],
          text: /error code: 10\d\d|cloudflare|\bwaf\b|akamai|modsec|coreruleset|\bcrs\b|imperva|incapsula|sucuri|wordfence|\bkong\b|apisix|gateway|perimeterx|datadome/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "the report says that the answer changes with the User-Agent",
      all: [{ in: ["symptom"], text: /\buser[- ]?agents?\b|\bUA (?:header|string)\b/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a browser or curl passes where a library does not",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:browser|chrome|firefox|curl|wget|postman)\b[^\n]{0,80}\b(?:works?|fine|ok|200|succeeds?|passes)\b[^\n]{0,120}\b(?:urllib\d?|requests|axios|node-fetch|httpx|aiohttp|script|python|java|go|php|curl|library)\b|\b(?:urllib\d?|requests|axios|node-fetch|httpx|aiohttp|script|python|java|library|wget|curl)\b[^\n]{0,160}\b(?:works?|fine|ok|200)\b[^\n]{0,40}\b(?:browser|chrome|firefox|mozilla|curl|postman)\b|\bopens? (?:fine )?in (?:a |the )?(?:browser|chrome|firefox)\b|\b(?:browser|chrome|firefox|curl|wget)\b (?:can )?(?:downloads?|opens?|loads?|gets?|fetch(?:es)?|shows?)\b/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the client gives the name of a library that is often blocked",
      all: [
        {
          in: ["request"],
          text: /user-agent["']?: ?["']?(?:python-urllib|python-requests|java\/|go-http-client|libwww-perl|scrapy|wget|curl|axios|node-fetch|okhttp|apache-httpclient|php)/i,
        },
      ],
      none: [{ in: ["request"], text: /localhost|127\.0\.0\.1|\[::1\]|host: ?(?:10\.|192\.168\.)/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "Python's library or wget says that it was forbidden, and sends its own name unless told otherwise",
      all: [
        {
          in: ["log", "symptom"],
          text: /(?:urllib2?\.(?:error\.)?HTTPError|HTTP Error 403: Forbidden|\burlretrieve\b|\burlopen\b|ERROR 403: Forbidden)/,
        },
      ],
      none: [{ in: ["log", "symptom", "body"], text: /crumb|unhealthy|github\.com|x-ratelimit|AccessDenied/i }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "it passes as a browser",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:as|pretend\w*|spoof\w*|fak(?:e|ing)|imitat\w*|-U|-A)\b[^\n]{0,30}\b(?:firefox|chrome|mozilla|a browser|browser)\b/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "scrapers and downloads by program are what such rules are for",
      all: [{ in: ["symptom"], text: /\b(?:scrap\w*|crawl\w*|bot|spider|download\w*)\b/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "an ordinary browser gets what a program does not",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:opens?|works?|downloads?|loads?|available|reachable)\b[^\n]{0,40}\b(?:in|with|from) (?:an? |the |my |any )?(?:ordinary |normal |regular |real |web )?browsers?\b|\bin (?:an?|the|my) (?:\w{1,12} )?browser\b[^\n]{0,30}\b(?:opens?|works?|fine|ok|loads?|downloads?)\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /cloudflare|cf-ray|just a moment|\bcors\b|cookie|csrf|log-?in|captcha|localhost|docker|nginx|apache|\bs3\b|bucket|\btoken\b|\bapi[- ]?key\b|jenkins|github|signed/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a program's HTTP library tells of a forbidden download, of no service that is known by name",
      all: [
        {
          in: ["log", "symptom"],
          text: /\('http error', 403|403 Client Error: Forbidden for url|Response code 403 \(Forbidden\)|(?:could ?n[o']t|cannot|failed to) (?:download|fetch|retrieve)[^\n]{0,300}\b403\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /github|hugging ?face|amazonaws|\bs3\b|googleapis|bedrock|jenkins|crumb|\btoken\b|rate limit|gated|cloudflare|signed|nginx|apache|csrf/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "clients are told apart by how they speak TLS, which a changed name does not hide",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:TLS|JA3|JA4)[- ]?(?:finger-?print\w*|hello)\b|\bfinger-?print(?:s|ing|ed)?\b|\buser[- ]?agents?\b[^\n]{0,60}\b(?:does ?n[o']t|do not|no) help/i,
        },
      ],
      none: [
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /cloudflare|cf-ray|\bssh\b|signing|certificate/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a service that filters programs answers",
      all: [
        {
          in: ["headers", "body", "log"],
          text: /server: ?(?:QRATOR|ddos-guard)\b|x-datadome|perimeterx|\bpx-captcha\b/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a program or library is refused by somebody else's site",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:python(?:'s)?|urllib\d?|requests|wget|curl|libcurl|pycurl|aiohttp|httpx|scrapy|beautifulsoup|feedparser|guzzle|file_get_contents|java|okhttp|go-http-client|node-fetch|axios|powershell|perl|lwp|ruby|scraper|(?:down-?load|install\w{0,3}) script)\b/i,
        },
        {
          in: ["symptom"],
          text: /\b(?:sites?|websites?|web ?pages?|pages?|images?|feeds?|downloads?|downloading|urls?|wikipedia|api)\b/i,
        },
        { in: ["symptom"], text: /\b403\b|forbidden|refus|reject|denied|block/i },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /cloudflare|cf-ray|localhost|127\.0\.0\.1|\baws\b|\bs3\b|bucket|github|gitlab|jenkins|crumb|csrf|\btokens?\b|\bapi[- ]?key\b|credential|password|log-?in\b|django|spring|laravel|express|nginx|apache|docker|kubernetes|k8s|permission|upload|\bPOST\b|\bPUT\b|preflight|cors\b|signed|proxy|gateway|lambda|openai|bedrock|gemini|claude|anthropic|waf\b|modsec|azure|gcs|google|firebase|supabase|wordpress|drupal|ingress|istio|envoy|traefik|kong|haproxy|vite/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a reader of feeds or a bot is refused by the site it reads",
      all: [
        { in: ["symptom"], text: /\bfeeds?\b|\bRSS\b|\bblocks? bots\b|\bfeed ?readers?\b|\bpodcasts?\b/i },
        { in: ["symptom"], text: /\b403s?\b|error from the server|forbidden|blocked|refus|fails?\b/i },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /cloudflare|cf-ray|token|log-?in|jenkins|github|kube|csrf|Request blocked\./i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a feed is refused to a program",
      all: [
        { in: ["symptom"], text: /\b(?:feeds?|RSS|atom|podcasts?)\b/i },
        { in: ["body", "log", "symptom"], text: /\b403\b|forbidden/i },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /cloudflare|cf-ray|token|jenkins|github|\bS3\b|signature|csrf/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "one program gets the page, and another does not",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:although|but|while|whereas|yet)\b[^\n]{0,30}\b(?:curl|wget|browser|chrome|firefox|python|postman)\b[^\n]{0,40}\b(?:works?|returns?|gets?|succeeds?|fine|ok|correct)/i,
        },
        { in: ["symptom"], text: /\b(?:feed|page|site|download|file|image|fetch\w{0,3}|url|content)\b/i },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /cloudflare|cf-ray|token|jenkins|github|\bS3\b|pre-?signed|signature|csrf|cors\b|preflight|upload|localhost|api gateway|execute-api|\bPOST\b/i,
        },
      ],
    },
  ],
})
