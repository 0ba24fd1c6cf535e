import type { Random } from "../random.fixture.ts"

/** Lines about who may, that httpd starts with. */
export function drawAccess(random: Random, folder: string, depth = 0): readonly string[] {
  switch (random.below(14)) {
    case 0:
    case 1:
    case 2:
      return ["Require all granted"]
    case 3:
      return ["Require all denied"]
    case 4:
      return [`Require ${drawRequirement(random)}`]
    case 5:
      return [`Require ${drawRequirement(random)}`, `Require ${drawRequirement(random)}`]
    case 6:
      return ["<RequireAll>", "  Require all granted", `  Require not ${drawRequirement(random)}`, "</RequireAll>"]
    case 7:
      return drawGroup(random, 0)
    case 8:
    case 9:
      return drawCompat(random)
    case 10:
      return [
        ...drawBasic(random, folder),
        `Require ${random.of(["valid-user", "user ann", "user ann bob", "user eve"])}`,
      ]
    case 11:
      return depth > 0 ? ["Require all granted"] : drawLimit(random, folder)
    case 12:
      return [...drawCompat(random), `Require ${drawRequirement(random)}`]
    default:
      return [...drawBasic(random, folder), ...drawGroup(random, 0, true)]
  }
}

function drawBasic(random: Random, folder: string): readonly string[] {
  return [
    ...(random.is(0.95) ? ["AuthType Basic"] : []),
    ...(random.is(0.95) ? ['AuthName "here"'] : []),
    ...(random.is(0.95)
      ? [`AuthUserFile ${folder}/${random.of(["users", "users", "users", "missing", "hidden"])}`]
      : []),
    ...(random.is(0.1) ? ["AuthzSendForbiddenOnFailure On"] : []),
  ]
}

function drawRequirement(random: Random): string {
  return random.of([
    "all granted",
    "all denied",
    "ip 127.0.0.1",
    "ip 127.0.0.0/30",
    "ip 127.0.0.2 127.0.0.3",
    "ip 127",
    "ip 10.0.0.0/255.0.0.0",
    "local",
    "method GET POST",
    "method HEAD",
    "method PUT",
    "env good",
    "env good bad",
    "expr %{REQUEST_METHOD} == 'GET'",
    'expr "%{HTTP_USER_AGENT} =~ /bot/i"',
    "expr %{REQUEST_URI} =~ m#^/a/# || %{QUERY_STRING} == 'a=1'",
    "expr -R '127.0.0.0/30' && !(%{HTTP_REFERER} -in {'x', 'http://a.test/'})",
  ])
}

function drawGroup(random: Random, depth: number, withUsers = false): readonly string[] {
  const [name, isAll] = random.of([
    ["RequireAll", true],
    ["RequireAny", false],
  ] as const)
  const one = (): string =>
    withUsers && random.is(0.4) ? random.of(["valid-user", "user ann", "user bob"]) : drawRequirement(random)
  const inner = [
    `Require ${one()}`,
    ...(random.is(0.6) ? [`Require ${isAll && random.is(0.4) ? "not " : ""}${one()}`] : []),
    ...(isAll && random.is(0.3) ? ["<RequireNone>", `  Require ${one()}`, `  Require ${one()}`, "</RequireNone>"] : []),
    ...(depth < 2 && random.is(0.4) ? drawGroup(random, depth + 1, withUsers) : []),
  ]
  return [`<${name}>`, ...inner.map((it) => `  ${it}`), `</${name}>`]
}

function drawCompat(random: Random): readonly string[] {
  const from = (): string =>
    random.of([
      "all",
      "127.0.0.1",
      "127.0.0.0/30",
      "127.0.0",
      "env=good",
      "env=!bad",
      "127.0.0.2 127.0.0.3",
      "10.0.0.0/8",
    ])
  return [
    ...(random.is(0.8) ? [`Order ${random.of(["allow,deny", "deny,allow", "Allow,Deny", "mutual-failure"])}`] : []),
    ...(random.is(0.7) ? [`Allow from ${from()}`] : []),
    ...(random.is(0.6) ? [`Deny from ${from()}`] : []),
    ...(random.is(0.3) ? [`Satisfy ${random.of(["Any", "All"])}`] : []),
    ...(random.is(0.1) ? [`Allow from ${from()}`] : []),
  ]
}

function drawLimit(random: Random, folder: string): readonly string[] {
  const [name, methods] = random.of<readonly [string, string]>([
    ["Limit", "GET POST"],
    ["Limit", "POST PUT DELETE"],
    ["LimitExcept", "GET"],
    ["LimitExcept", "GET POST OPTIONS"],
  ])
  const around = random.is(0.3) ? drawAccess(random, folder, 1) : []
  const inner = drawAccess(random, folder, 1).filter((it) => !/^(Auth|\s*<|\s+)/.test(it))
  const lines = inner.length === 0 ? ["Require all denied"] : inner
  return [...around, `<${name} ${methods}>`, ...lines.map((it) => `  ${it}`), `</${name}>`]
}

/** Lines about how a directory is served. */
export function drawServing(random: Random): readonly string[] {
  return [
    ...(random.is(0.35)
      ? [
          `Options ${random.of([
            "None",
            "Indexes",
            "FollowSymLinks",
            "Indexes FollowSymLinks",
            "SymLinksIfOwnerMatch",
            "All",
            "+Indexes",
            "-Indexes",
            "-FollowSymLinks",
            "+SymLinksIfOwnerMatch -FollowSymLinks",
            "Indexes SymLinksIfOwnerMatch",
          ])}`,
        ]
      : []),
    ...(random.is(0.15)
      ? [
          `DirectoryIndex ${random.of(["index.html", "f.html index.html", "none.html", "/top.html", "disabled", "hidden.html index.html"])}`,
        ]
      : []),
    ...(random.is(0.05) ? [`DirectorySlash ${random.of(["On", "Off"])}`] : []),
    ...(random.is(0.05) ? ["AcceptPathInfo On"] : []),
    ...(random.is(0.05) ? ["LimitRequestBody 10"] : []),
    ...(random.is(0.05)
      ? [
          random.of([
            "AddHandler cgi-script .html",
            "SetHandler cgi-script",
            "SetHandler default-handler",
            "AddHandler cgi-script .txt",
          ]),
        ]
      : []),
    ...(random.is(0.2)
      ? [
          `ErrorDocument ${random.of(["403", "404", "401", "403"])} ${random.of(["/error.html", "/a/f.html", "/missing.html", '"no"', "http://elsewhere.test/", "/moved"])}`,
        ]
      : []),
    ...(random.is(0.1) ? [`AuthMerging ${random.of(["Off", "And", "Or"])}`] : []),
  ]
}

export function drawOverride(random: Random): readonly string[] {
  if (!random.is(0.5)) return []
  if (random.is(0.1)) return ["AllowOverride None", "AllowOverrideList Require Options"]
  return [
    `AllowOverride ${random.of(["None", "All", "All", "All", "AuthConfig", "AuthConfig Limit", "FileInfo AuthConfig", "Options=Indexes,FollowSymLinks AuthConfig", "Indexes Options", "AuthConfig Nonfatal=Override"])}`,
  ]
}

/** Rules of a section or of `.htaccess`, in which paths have no slash before them. */
export function drawRules(random: Random, slash: "" | "/"): readonly string[] {
  const conditions = random.times(2, () => `RewriteCond ${drawCondition(random)}`)
  const pattern = random.of([
    `^${slash}a/(.*)$`,
    `^${slash}f\\.html$`,
    "\\.txt$",
    `^${slash}old(.*)`,
    ".*",
    `!^${slash}a`,
    "secret",
    `^${slash}$`,
    `^${slash}(b)/(.+)$`,
  ])
  const effect = random.of([
    "- [F]",
    "- [F,NC]",
    "- [G]",
    "- [L]",
    "- [E=good:1]",
    `${slash}b/f.html [L]`,
    `${slash}b/$1 [L]`,
    `${slash}f.html`,
    "/b/f.html [PT]",
    "/b/f.html [R=301,L]",
    "http://elsewhere.test/$1 [L]",
    "/a/b/f.html?x=1 [QSA,END]",
    "- [R=404]",
    "index.html [L]",
    "- [S=1]",
    "- [C]",
    "- [R=403]",
    "/c/$1?q=%1 [L,QSD]",
    "$1.html",
    "/error.html [L,NS]",
    "- [E=bad:$1]",
    "b/ [DPI]",
  ])
  return [
    "RewriteEngine On",
    ...conditions,
    `RewriteRule ${pattern} ${effect}`,
    ...(random.is(0.4) ? [`RewriteRule ${random.of(["x", "^/?b", "html"])} - [F]`] : []),
  ]
}

function drawCondition(random: Random): string {
  const or = random.is(0.3) ? " [OR]" : ""
  return random.of([
    "%{REQUEST_METHOD} !^(GET|HEAD)$",
    "%{REQUEST_METHOD} =POST",
    "%{HTTP_USER_AGENT} bot [NC]",
    "%{HTTP_USER_AGENT} ^$",
    `%{HTTP_REFERER} !^http://a\\.test/${or}`,
    `%{HTTP_REFERER} !^$${or}`,
    "%{HTTP_HOST} ^v0",
    "%{REQUEST_URI} ^/a",
    "%{REQUEST_FILENAME} !-f",
    "%{REQUEST_FILENAME} -d",
    `%{REQUEST_FILENAME} !-d${or}`,
    "%{QUERY_STRING} a=(.)",
    "%{REMOTE_ADDR} ^127\\.0\\.0\\.[12]$",
    "%{REMOTE_ADDR} !=127.0.0.1",
    'expr "%{HTTP_USER_AGENT} =~ /bot/"',
    "%{ENV:good} 1",
    "%{HTTP:X-Key} ^1$",
    "%{IS_SUBREQ} =true",
    "%{REQUEST_URI} \\.(html|txt)$ [NC]",
    "%{DOCUMENT_ROOT}%{REQUEST_URI} -f",
    "%{DOCUMENT_ROOT}/a -d",
    "%{THE_REQUEST} ^GET\\s/",
    "%{QUERY_STRING} !^$",
  ])
}
