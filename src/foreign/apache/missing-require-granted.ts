import { foreignCause } from "../cause.ts"

export const apacheMissingRequireGranted = foreignCause({
  code: "apache/missing-require-granted",
  emitter: "apache",
  title: "No section of Apache httpd grants this directory",
  why: "The distributions' httpd 2.4 denies the whole file system and grants only what is named. A directory that a package or an `Alias` brings in, and a configuration written for 2.2 whose `Allow from all` no longer counts, is denied until a section says `Require all granted`.",
  fix: [
    {
      by: "operator",
      does: "Add `<Directory>` with exactly this directory and `Require all granted`, or the narrowest `Require` that fits",
      admits: "everyone, to the files below that directory",
    },
    {
      by: "operator",
      does: "Enable the site's or package's configuration that holds that section, with `a2ensite` or `a2enconf`",
      admits: "everyone, to the files it grants",
    },
  ],
  unwise: ["Granting `<Directory />`: every file of the host that httpd can read may be asked for"],
  ask: {
    question: "Does any `<Directory>` that holds this path say `Require all granted`?",
    why: "Without one the denial for `/` is what counts.",
  },
  sources: [
    "https://github.com/apache/httpd/blob/trunk/docs/error/HTTP_FORBIDDEN.html.var",
    "https://github.com/Icinga/icinga-web/issues/1298",
    "https://httpd.apache.org/docs/2.4/upgrading.html#access",
    "https://github.com/apache/httpd/blob/trunk/modules/aaa/mod_authz_core.c",
    "https://cwiki.apache.org/confluence/display/HTTPD/ClientDeniedByServerConfiguration",
  ],
  clues: [
    {
      weight: "strong",
      basis: "source",
      says: "httpd 2.4 writes this where no `Require` grants the path",
      all: [
        {
          in: ["log", "symptom", "body"],
          text: /AH01630|\[authz_core:error\][^\n]{0,200}client denied by server configuration/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "it came with the move to httpd 2.4",
      all: [
        {
          in: ["symptom", "config"],
          text: /(?:apache|httpd)[^\n]{0,20}\b2\.4|\b2\.4\b[^\n]{0,40}(?:apache|httpd)|ubuntu 13\.10|ubuntu 14\.04|debian (?:8|jessie)|trusty/i,
        },
      ],
      none: [
        { in: ["symptom", "log", "body"], text: /AH00\d{3}|AH01276|AH01797|AH10\d{3}|2\.4\.(?:5[5-9]|6\d)|CVE-/ },
        { in: ["config"], text: /Allow[ \t]+from/i },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the missing grant is told",
      all: [{ in: ["symptom"], text: /Require all granted|\balias\b[^\n]{0,60}(?:forbidden|403)|wsgi\w{0,40}alias/i }],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "an alias leads to a directory of its own, which needs a grant of its own",
      all: [
        { in: ["config"], text: /^[ \t]*(?:WSGI)?(?:Script)?Alias(?:Match)?[ \t]+"?\/\S/im },
        { in: ["log", "symptom", "body"], text: /AH01630|client denied by server configuration/ },
      ],
      none: [{ in: ["log"], text: /AH01797|access_compat/ }],
    },
    {
      weight: "against",
      basis: "documented",
      says: "a section for this part of the site lets only some in, or nobody",
      all: [
        {
          in: ["config"],
          text: /<(?:Directory(?:Match)?[ \t]+"?(?!\/"?>)[^>\n]{1,200}|(?:Files|Location|If|ElseIf|Limit|Proxy)(?:Match|Except)?[ \t]+[^>\n]{1,300})>(?:[^<]|<\/?Require\w{3,4}>){0,400}\bRequire[ \t]+(?:all[ \t]+denied|not|ip|local|host|forward-dns|expr|env|method)\b/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the path is one a package brings, for which a section of its own is needed",
      all: [
        { in: ["log"], text: /client denied by server configuration: \/(?:usr|opt|etc|var\/lib|srv)\/[^\n]{1,200}/i },
      ],
    },
    {
      weight: "against",
      basis: "case",
      says: "the file is one that servers are told to keep back",
      all: [
        {
          in: ["log"],
          text: /client denied by server configuration: [^\n]{0,200}(?:\/\.(?:git|env|ht)|server-status|wp-config|xmlrpc\.php|\.(?:ini|log|sql|bak)\b)/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "Apache httpd forbids, and nothing more is told",
      all: [
        {
          in: ["symptom", "body", "headers"],
          text: /\bapache2?\b|\bhttpd\b|You don't have permission to access (?:this resource|\/[^\n]{0,300} on this server)/i,
        },
        { in: ["symptom", "body"], text: /forbid|forbidden|403|denied/i },
      ],
      none: [
        {
          in: ["symptom", "log", "config", "files"],
          text: /AH0\d{4}|AH10\d{3}|rewrite|symlink|permissions|permission denied|file permission|chmod|indexes|directory index|DirectoryIndex|selinux|htaccess|mod[_ ]|ssl|cert|%|proxy|ldap|cgi/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "a directive that grants is told to be missing",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:lacks?|missing|without|no|needs?|add(?:ing|ed)?|omit\w*)\b[^\n]{0,40}\b(?:directive|directory (?:block|section)|grant(?:s|ed|ing)?|<Directory|Require)\b/i,
        },
        { in: ["symptom", "body", "log", "headers", "config"], text: /apache|httpd|AH01630|vhost/i },
      ],
      none: [{ in: ["config"], text: /Allow[ \t]+from|<Directory[ \t]+"?\/"?>/i }],
    },
    {
      weight: "against",
      basis: "case",
      says: "the packaged configuration grants this tree",
      all: [{ in: ["log", "symptom"], text: /client denied by server configuration: "?(?:proxy:|\/var\/www\/html\b)/ }],
      none: [{ in: ["config", "symptom"], text: /Allow[ \t]+from|Order[ \t]+(?:allow|deny)|\b2\.4\b|upgrad/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a virtual host was added, and pages are forbidden since",
      all: [
        { in: ["symptom"], text: /\b(?:virtual ?hosts?|vhosts?)\b/i },
        { in: ["symptom"], text: /\b403\b|forbidden/i },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /nginx|AH0\d{4}|Allow from|DocumentRoot|customers?|outside|selinux|permission|chmod|directory index|traefik|haproxy|istio|virtual ?service|caddy|iis\b|cloudfront/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "the page Apache httpd writes for any refusal, and nothing more is told",
      all: [{ in: ["symptom", "body"], text: /You don't have permission to access (?:this resource|\/)/i }],
      none: [
        {
          in: ["symptom", "log", "config", "files"],
          text: /AH0\d{4}|AH10\d{3}|rewrite|symlink|chmod|chown|permissions|denied|directory index|DirectoryIndex|selinux|htaccess|mod_|certificate|ldap|DocumentRoot[^\n]{0,20}(?:chang|moved)|fresh container/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "an application is mounted by an alias, in a directory of its own that no section grants",
      all: [
        { in: ["config"], text: /^[ \t]*(?:WSGI)?(?:Script)?Alias(?:Match)?[ \t]+"?\/\S/im },
        { in: ["symptom", "body"], text: /permission to access|\b403\b|forbidden/i },
      ],
      none: [
        {
          in: ["log", "config"],
          text: /AH00\d{3}|AH01276|AH01797|\(13\)|search permissions|Require all denied|Allow from/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a section for the site is there, and grants nothing",
      all: [
        { in: ["config"], text: /<Directory[ \t]+"?(?!\/"?>)[^>\n]{1,200}>(?:[^<R]|R(?!equire)){0,400}<\/Directory>/i },
        { in: ["symptom", "body", "headers", "log"], text: /permission to access|apache|httpd|AH01630/i },
      ],
      none: [{ in: ["config", "log"], text: /Require|Allow[ \t]+from|AH00\d{3}|AH01276|AH01797/i }],
    },
    {
      weight: "fair",
      basis: "source",
      says: "httpd's translated error page says this of anything but a directory",
      all: [
        {
          in: ["body", "symptom"],
          text: /either read-protected\s{1,8}or not readable by the server|Entweder kann es vom Server nicht gelesen werden oder es\s{1,8}ist zugriffsgesch/i,
        },
      ],
      none: [
        { in: ["log", "symptom"], text: /AH00\d{3}|AH01276|Permission denied|only available from the local network/i },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "what is granted is granted for httpd 2.2 alone, and nothing for 2.4",
      all: [{ in: ["config"], text: /<IfModule\s{1,4}!(?:mod_authz_core(?:\.c)?|authz_core_module)>/i }],
      none: [{ in: ["config"], text: /Require\s{1,4}(?:all|ip|local|host)/i }],
    },
  ],
})
