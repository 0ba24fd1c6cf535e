import { foreignCause } from "../cause.ts"

export const apacheDocrootOutsideGrantedTree = foreignCause({
  code: "apache/docroot-outside-granted-tree",
  emitter: "apache",
  title: "The document root lies outside the directories Apache httpd grants",
  why: "The packaged configuration denies `/` and grants /var/www and /usr/share only. A site whose `DocumentRoot` is elsewhere, in /home, /srv or a customer's directory, inherits the denial until it is granted.",
  fix: [
    {
      by: "operator",
      does: "Add `<Directory>` with the document root and `Require all granted` to the site's virtual host",
      admits: "everyone, to the files below the document root",
    },
    {
      by: "operator",
      does: "Put the site below a directory that is granted already, such as /var/www",
      admits: "everyone, to the site's files",
    },
  ],
  unwise: [
    "Changing `<Directory />` to `Require all granted`: every file of the host that httpd can read may be asked for",
  ],
  ask: {
    question:
      "Does a `<Directory>` grant the `DocumentRoot` of the virtual host that answers, or a directory above it?",
    why: "Only /var/www and /usr/share are granted from the start.",
  },
  sources: [
    "https://github.com/froxlor/froxlor/pull/239",
    "https://salsa.debian.org/apache-team/apache2/-/blob/master/debian/config-dir/apache2.conf.in",
    "https://httpd.apache.org/docs/2.4/mod/core.html#directory",
  ],
  clues: [
    {
      weight: "proof",
      basis: "documented",
      says: "the configuration denies the whole file system and grants other directories than the site's",
      all: [{ in: ["config"], text: /<Directory[ \t]+"?\/"?>[^<]{0,400}Require[ \t]+all[ \t]+denied/i }],
      none: [
        { in: ["log", "body"], text: /AH00\d{3}|AH01276|AH01797|htaccess file|search permissions/ },
        { in: ["config"], text: /^[ \t]*(?:Allow[ \t]+from|(?:WSGI)?(?:Script)?Alias[ \t])/im },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the path that was denied is neither below /var/www nor /usr/share",
      all: [
        {
          in: ["log", "symptom"],
          text: /client denied by server configuration: "?(?:\/(?:home|srv|opt|data|mnt|media|Users|root|var\/(?!www\/)|www|web|sites|vagrant|app|workspace)\/|[A-Z]:[\\/])/,
        },
      ],
      none: [
        {
          in: ["log"],
          text: /AH01797|access_compat|denied by server configuration: [^\n]{0,200}\.(?:git|env|ht(?:access|passwd|group)?|sql|bak|ini|log)\b/,
        },
        {
          in: ["config"],
          text: /<(?:Directory(?:Match)?[ \t]+"?(?!\/"?>)[^>\n]{1,200}|(?:Files|Location|If|ElseIf|Limit|Proxy)(?:Match|Except)?[ \t]+[^>\n]{1,300})>(?:[^<]|<\/?Require\w{3,4}>){0,400}\bRequire[ \t]+(?:all[ \t]+denied|not|ip|local|host|forward-dns|expr|env|method)\b/i,
        },
        { in: ["config"], text: /^[ \t]*(?:Allow[ \t]+from|(?:WSGI)?(?:Script)?Alias[ \t])/im },
      ],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "the document root is neither below /var/www nor /usr/share",
      all: [
        {
          in: ["config"],
          text: /DocumentRoot[ \t]+"?(?:\/(?:home|srv|opt|data|mnt|media|Users|root|vagrant|app)\/|[A-Z]:[\\/])/i,
        },
      ],
      none: [{ in: ["config"], text: /Require[ \t]+all[ \t]+granted|Allow[ \t]+from[ \t]+all/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the site's directory was moved or set, and every page is refused",
      all: [
        { in: ["symptom"], text: /\b(?:document ?root|virtual ?host|vhosts?|customers?)\b/i },
        { in: ["symptom", "log", "config", "body", "headers"], text: /apache|httpd|vhost|AH0\d{4}|debian|ubuntu/i },
      ],
      none: [{ in: ["symptom", "config"], text: /\bdirective\b|\b2\.4\b|Allow from|nginx/i }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the document root was changed, and httpd forbids since",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:chang\w{1,4}|mov(?:e|ed|ing)|set(?:ting)?|point\w{0,4}|custom|different|other|new|outside)\b[^\n]{0,40}\b(?:document ?root|doc ?root|web ?root|root (?:director|folder))|\b(?:document ?root|doc ?root|web ?root)\b[^\n]{0,40}\b(?:chang\w{1,4}|moved|outside|to \/(?:home|srv|opt|data|mnt|media))/i,
        },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /apache|httpd|000-default|You don't have permission to access/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /nginx|AH00\d{3}|search permissions|selinux|another drive|external drive|permission denied/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "a host whose stock configuration denies the whole file system",
      all: [
        { in: ["symptom"], text: /\b(?:virtual ?hosts?|vhosts?)\b/i },
        { in: ["symptom"], text: /\b(?:debian|ubuntu|vagrant)\b/i },
      ],
      none: [{ in: ["symptom", "config", "log", "request", "body", "headers"], text: /nginx/i }],
    },
    {
      weight: "slight",
      basis: "case",
      says: "modes were opened and Apache forbids still: it is not a matter of modes",
      all: [
        { in: ["symptom"], text: /\bapache2?\b|\bhttpd\b/i },
        {
          in: ["symptom"],
          text: /\bch(?:mod|own)\b[^\n]{0,30}\b(?:not|n't|no|without|never)\b[^\n]{0,12}\b(?:help|work|effect|success|chang)/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the document root was moved to a tree that the distribution's configuration closes",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:chang|mov|set|point|switch)\w{0,4}\b[^\n]{0,30}\bDocument ?Root\b[^\n]{0,30}\/(?:home|srv|opt|data|mnt|media|Users)\b|\b000-default(?:\.conf)?\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "body", "log", "config", "files"],
          text: /AH00\d{3}|\(13\)|search permissions|nginx|selinux/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the distribution's configuration denies the root of the file system",
      all: [
        {
          in: ["symptom"],
          text: /\bdenies (?:access to )?\/(?=[\s,.;]|$)|<?Directory \/>?[^\n]{0,24}\b(?:denied|denies|require all denied)/i,
        },
      ],
      none: [{ in: ["symptom", "body", "log", "config"], text: /nginx|AH00\d{3}|AH01797/i }],
    },
  ],
})
