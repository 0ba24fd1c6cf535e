import { type Refusal, refusal } from "./emitters-refusal.fixture.ts"

const BOB = `Basic ${Buffer.from("bob:right").toString("base64")}`
const GRANTED =
  "<Directory TREE>\n  AllowOverride None\n  Options FollowSymLinks\n  Require all granted\n</Directory>\n"
/** As the packages of distributions have it, so that only what is granted is served. */
const CLOSED = "<Directory />\n  AllowOverride None\n  Require all denied\n</Directory>\n"

const granted = (told: Parameters<typeof refusal>[0]): Refusal => refusal({ ...told, site: `${GRANTED}${told.site}` })

/** What httpd can be made to refuse. */
export const HTTPD_REFUSALS: readonly Refusal[] = [
  refusal({
    name: "Require all denied of a directory",
    cause: "apache/require-denied",
    site: `${GRANTED}<Directory TREE/empty>\n  Require all denied\n</Directory>`,
    target: "/empty/x",
    also: ["apache/missing-require-granted"],
  }),
  granted({
    name: "Require all denied of files",
    cause: "apache/require-denied",
    site: '<FilesMatch "\\.(bak|sql)$">\n  Require all denied\n</FilesMatch>',
    asked: { target: "/dump.sql", headers: { Referer: "http://elsewhere.example/page?a=1" } },
    also: ["apache/missing-require-granted"],
  }),
  granted({
    name: "Require ip of a location",
    cause: "apache/require-denied",
    site: "<Location /admin>\n  Require ip 192.0.2.1\n</Location>",
    target: "/admin/",
    also: ["apache/missing-require-granted"],
  }),
  granted({
    name: "Require not ip",
    cause: "apache/require-denied",
    site: "<Location />\n  <RequireAll>\n    Require all granted\n    Require not ip 127.0.0.0/8\n  </RequireAll>\n</Location>",
    also: ["apache/missing-require-granted"],
  }),
  granted({
    name: "Require all denied within If",
    cause: "apache/require-denied",
    site: '<If "%{HTTP_USER_AGENT} =~ /scanner/">\n  Require all denied\n</If>',
    asked: { target: "/", headers: { "User-Agent": "scanner/1.0" } },
    also: ["apache/missing-require-granted"],
  }),
  granted({
    name: "Require within LimitExcept",
    cause: "apache/require-denied",
    site: "<Location />\n  <LimitExcept GET>\n    Require all denied\n  </LimitExcept>\n</Location>",
    asked: { method: "POST", target: "/index.html", body: "a=1" },
    also: ["apache/missing-require-granted"],
  }),
  granted({
    name: "Require all denied of a proxy",
    cause: "apache/require-denied",
    site: '<Proxy "*">\n  Require all denied\n</Proxy>\nProxyPass /api http://127.0.0.1:BACKEND/',
    target: "/api/x",
    also: ["apache/missing-require-granted"],
  }),
  granted({
    name: "Require with a page of the site",
    cause: "apache/require-denied",
    site: 'ErrorDocument 403 "Ask the office for access."\n<Location /admin>\n  Require ip 192.0.2.1\n</Location>',
    target: "/admin/",
    isPageOwn: false,
    also: ["apache/missing-require-granted", "apache/docroot-outside-granted-tree"],
  }),
  granted({
    name: "files of httpd's own that nobody may have",
    cause: "apache/require-denied",
    site: '<FilesMatch "^\\.ht">\n  Require all denied\n</FilesMatch>',
    target: "/.htpasswd",
  }),
  granted({
    name: "Require expr",
    cause: "apache/require-denied",
    site: "<Location /hooks>\n  Require expr %{req:X-Token} == 'right'\n</Location>",
    target: "/hooks",
    also: ["apache/missing-require-granted", "apache/docroot-outside-granted-tree"],
  }),
  granted({
    name: "Deny from env",
    cause: "apache/compat-deny",
    site: 'SetEnvIfNoCase User-Agent "scanner" unwanted\n<Directory TREE>\n  Order allow,deny\n  Allow from all\n  Deny from env=unwanted\n</Directory>',
    asked: { target: "/", headers: { "User-Agent": "scanner/1.0" } },
  }),
  granted({
    name: "Deny from all",
    cause: "apache/compat-deny",
    site: "<Directory TREE/empty>\n  Order deny,allow\n  Deny from all\n</Directory>",
    target: "/empty/x",
  }),
  granted({
    name: "Order allow,deny without Allow",
    cause: "apache/compat-deny",
    site: "<Location />\n  Order allow,deny\n</Location>",
  }),
  refusal({
    name: "Allow from all where Require denies",
    cause: "apache/compat-allow-does-not-override-require",
    site: `${CLOSED}<Directory TREE>\n  Order allow,deny\n  Allow from all\n</Directory>`,
    also: ["apache/missing-require-granted"],
  }),
  refusal({
    name: "a document root outside of what is granted",
    cause: "apache/docroot-outside-granted-tree",
    site: `${CLOSED}<Directory /var/www/>\n  Require all granted\n</Directory>`,
    also: ["apache/missing-require-granted"],
  }),
  granted({
    name: "an alias that nothing grants",
    cause: "apache/missing-require-granted",
    site: `${CLOSED}Alias /tool "TREE-tool/web"`,
    target: "/tool/",
    also: ["apache/docroot-outside-granted-tree"],
  }),
  refusal({
    name: "a .htaccess that may not be read",
    cause: "apache/htaccess-unreadable",
    site: "<Directory TREE>\n  AllowOverride All\n  Require all granted\n</Directory>",
    target: "/guarded/page.html",
    listed: "guarded/.htaccess",
    also: ["fs/file-not-readable"],
  }),
  granted({
    name: "a directory that may not be searched",
    cause: "fs/parent-dir-not-searchable",
    also: ["apache/path-not-searchable"],
    site: "",
    target: "/closed/page.html",
    listed: "closed/page.html",
  }),
  refusal({
    name: "a directory that may not be searched, with .htaccess allowed",
    cause: "apache/htaccess-unreadable",
    also: ["fs/parent-dir-not-searchable"],
    site: "<Directory TREE>\n  AllowOverride All\n  Require all granted\n</Directory>",
    target: "/closed/page.html",
    listed: "closed/page.html",
  }),
  granted({
    name: "a file that may not be read",
    cause: "fs/file-not-readable",
    also: ["apache/file-unreadable"],
    site: "",
    target: "/secret.html",
    listed: "secret.html",
  }),
  granted({
    name: "a link without FollowSymLinks",
    cause: "apache/symlink",
    site: "<Directory TREE>\n  Options -FollowSymLinks\n</Directory>",
    target: "/link.html",
    listed: "link.html",
  }),
  granted({
    name: "a link whose owner is not its target's",
    cause: "apache/symlink",
    site: "<Directory TREE>\n  Options -FollowSymLinks +SymLinksIfOwnerMatch\n</Directory>",
    target: "/foreign.html",
    listed: "foreign.html",
  }),
  granted({
    name: "a directory without index",
    cause: "apache/no-index",
    site: "<Directory TREE>\n  Options -Indexes\n</Directory>",
    target: "/empty/",
  }),
  granted({
    name: "a list of a directory that may not be read",
    cause: "fs/file-not-readable",
    site: "<Directory TREE>\n  Options +Indexes\n</Directory>",
    target: "/unlisted/",
    listed: "unlisted",
  }),
  granted({
    name: "RewriteRule with F",
    cause: "apache/rewrite-forbidden",
    site: 'RewriteEngine on\nRewriteCond %{HTTP_USER_AGENT} "scanner" [NC]\nRewriteRule ^ - [F,L]',
    asked: { target: "/", headers: { "User-Agent": "scanner/1.0" } },
    isLogged: false,
  }),
  granted({
    name: "a rewrite of a directory without FollowSymLinks",
    cause: "apache/rewrite-needs-followsymlinks",
    site: "<Directory TREE/empty>\n  Options None\n  RewriteEngine on\n  RewriteRule ^old$ /index.html\n</Directory>",
    target: "/empty/old",
  }),
  granted({
    name: "Redirect 403",
    cause: "apache/redirect-403",
    site: "Redirect 403 /.git",
    target: "/.git/config",
    isLogged: false,
  }),
  granted({
    name: "RedirectMatch 403",
    cause: "apache/redirect-403",
    site: 'RedirectMatch 403 "/\\.(?!well-known)"',
    target: "/.env",
    isLogged: false,
  }),
  granted({ name: "a name that is too long", cause: "apache/map-fail", site: "", target: `/${"a".repeat(300)}` }),
  granted({
    name: "a user who is not among those required",
    cause: "apache/authz-user",
    site: '<Location /staff>\n  AuthType Basic\n  AuthName "Staff"\n  AuthUserFile "TREE/users"\n  AuthzSendForbiddenOnFailure On\n  Require user ann\n</Location>',
    asked: { target: "/staff", headers: { Authorization: BOB } },
  }),
  granted({
    name: "a program without ExecCGI",
    cause: "apache/cgi",
    site: "AddHandler cgi-script .cgi",
    target: "/run.cgi",
  }),
  granted({
    name: "a directory as a program",
    cause: "apache/cgi",
    site: "<Directory TREE/empty>\n  SetHandler cgi-script\n  Options +ExecCGI\n  DirectoryIndex disabled\n</Directory>",
    target: "/empty/",
  }),
  granted({
    name: "a host that the forward proxy blocks",
    cause: "apache/proxyblock",
    site: "ServerAlias localhost\nProxyRequests On\nProxyBlock localhost",
    asked: { target: "http://localhost/x" },
    // Through another server it would be no request to a forward proxy.
    isAlone: true,
  }),
  granted({
    name: "a rewrite that makes an unsafe URL",
    cause: "apache/rewrite-unsafe-url",
    site: "RewriteEngine on\nRewriteRule ^/find/(.*)$ /index.html?q=$1 [PT]",
    target: "/find/red%20shoes",
  }),
  granted({
    name: "a rewrite of an encoded question mark",
    cause: "apache/rewrite-unsafe-url",
    site: "RewriteEngine on\nRewriteRule ^/page/(.*)$ /$1 [PT]",
    target: "/page/index.html%3Fa",
  }),
  granted({
    name: "SSLRequireSSL without TLS",
    cause: "apache/ssl",
    site: "<Location />\n  SSLRequireSSL\n</Location>",
  }),
]

const ENGINE = "SecRuleEngine On\nSecRequestBodyAccess On\n"
const CRS = `${ENGINE}IncludeOptional /etc/modsecurity/crs/crs-setup.conf\nIncludeOptional /usr/share/modsecurity-crs/rules/*.conf\n`

/** What ModSecurity in httpd can be made to refuse, in a process without `mod_proxy`. */
export const WAF_REFUSALS: readonly Refusal[] = [
  granted({
    name: "a rewrite to a proxy that is not loaded",
    cause: "apache/proxy-off-in-rewrite",
    site: "RewriteEngine on\nRewriteRule ^/app/(.*)$ http://127.0.0.1:BACKEND/$1 [P]",
    target: "/app/x",
  }),
  granted({
    name: "one rule of the site's own",
    cause: "waf/modsecurity/rule-match",
    site: `${ENGINE}SecRule ARGS:q "@contains forbidden" "id:77001,phase:2,t:none,log,deny,status:403,msg:'A rule of the site',severity:2"`,
    target: "/?q=forbidden%20fruit",
  }),
  granted({
    name: "a rule on the address without a message",
    cause: "waf/modsecurity/rule-match",
    site: `${ENGINE}SecRule REMOTE_ADDR "@ipMatch 127.0.0.0/8" "id:5,phase:1,deny,status:403"`,
  }),
  granted({
    name: "the rule set's list of methods",
    cause: "waf/crs/method",
    site: CRS,
    asked: {
      method: "PUT",
      target: "/doc",
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
      body: "a=1",
    },
  }),
  granted({
    name: "the rule set's list of content types",
    cause: "waf/crs/content-type",
    site: CRS,
    asked: { method: "POST", target: "/report", headers: { "Content-Type": "application/reports+json" }, body: "{}" },
  }),
  granted({
    name: "a body that is not of its type",
    cause: "waf/crs/body-parser-error",
    site: `${ENGINE}SecRule REQUEST_HEADERS:Content-Type "^application/json" "id:200001,phase:1,t:none,t:lowercase,pass,nolog,ctl:requestBodyProcessor=JSON"\nSecRule REQBODY_ERROR "!@eq 0" "id:200002,phase:2,t:none,log,deny,status:403,msg:'Failed to parse request body.',logdata:'%{reqbody_error_msg}',severity:2"`,
    asked: { method: "POST", target: "/api", headers: { "Content-Type": "application/json" }, body: '{"a": one}' },
  }),
  granted({
    name: "an address in place of the host's name, with a low threshold",
    cause: "waf/crs/host-ip-or-empty-ua",
    site: `ServerAlias 127.0.0.1\n${ENGINE}SecAction "id:900110,phase:1,nolog,pass,t:none,setvar:tx.inbound_anomaly_score_threshold=3"\n${CRS}`,
    asked: { target: "/index.html", headers: { Host: "127.0.0.1" } },
  }),
  granted({
    name: "text that looks like a script",
    cause: "waf/modsecurity/crs-false-positive",
    site: CRS,
    target: "/?comment=%3Cscript%3Ealert(1)%3C/script%3E",
  }),
  granted({
    name: "text that looks like SQL",
    cause: "waf/modsecurity/crs-false-positive",
    site: CRS,
    target: "/?q=1%27%20OR%201%3D1%20UNION%20SELECT%20a,b%20FROM%20users--",
  }),
]
