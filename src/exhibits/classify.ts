import type { Part } from "./exhibits.ts"
import { below, isList, isMap, type Json, jsonOf } from "./json.ts"
import { readLine } from "./logs/line.ts"
import { commandsIn } from "./request/command-line.ts"
import { readField } from "./request/fields.ts"
import { isRequestLine, isStatusLine } from "./request/message.ts"

/** What a piece of text is. */
export const KINDS = [
  "command",
  "fetch call",
  "HAR",
  "request",
  "response",
  "transcript",
  "address",
  "client error",
  "headers",
  "log",
  "nginx configuration",
  "httpd configuration",
  "haproxy configuration",
  "YAML",
  "listing",
  "JSON",
  "HTML",
  "XML",
  "note",
] as const
export type Kind = (typeof KINDS)[number]

const PART_OF: Readonly<Record<Kind, Part>> = {
  command: "request",
  "fetch call": "request",
  HAR: "request",
  request: "request",
  response: "headers",
  transcript: "request",
  address: "request",
  "client error": "log",
  headers: "headers",
  log: "log",
  "nginx configuration": "config",
  "httpd configuration": "config",
  "haproxy configuration": "config",
  YAML: "config",
  listing: "files",
  JSON: "body",
  HTML: "body",
  XML: "body",
  note: "symptom",
}

export const partOf = (kind: Kind): Part => PART_OF[kind]

const FETCH = /\b(?:fetch|axios(?:\.\w{1,10})?|requests\.\w{1,10}|httpx\.\w{1,10})\(\s{0,40}["'`{]/
const ADDRESS =
  /^(?:(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) )?https?:\/\/\S{1,8192}$|^(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) \/\S{0,8192}$/
const NGINX =
  /^(?:(?:server|http|events|stream|upstream \S{1,100}|location .{1,300}|map .{1,300}|geo .{1,200}|if \(.{1,500}\)|limit_except .{1,100}|types)\s{0,20}\{|(?:listen|server_name|root|alias|index|try_files|proxy_\w{1,40}|fastcgi_\w{1,40}|uwsgi_\w{1,40}|deny|allow|satisfy|auth_\w{1,30}|limit_req\w{0,10}|limit_conn\w{0,10}|add_header|error_page|autoindex|include|user|worker_\w{1,30}|set|rewrite|return|ssl_\w{1,40}|client_\w{1,40}|internal|disable_symlinks|dav_methods|modsecurity\w{0,20}|access_log|error_log|log_format|real_ip_\w{1,20}|set_real_ip_from|valid_referers)(?:\s[^\n]{0,2000})?;)/
const HTTPD =
  /^(?:<\/?(?:Directory|DirectoryMatch|Location|LocationMatch|Files|FilesMatch|VirtualHost|IfModule|IfVersion|IfDefine|If|ElseIf|Else|Limit|LimitExcept|Proxy|ProxyMatch|Require(?:All|Any|None)|Macro)\b[^>\n]{0,500}>|(?:Require|Options|AllowOverride|AllowOverrideList|Order|Allow from|Deny from|Satisfy|DocumentRoot|ServerName|ServerAlias|RewriteEngine|RewriteRule|RewriteCond|RewriteBase|DirectoryIndex|LoadModule|ProxyPass|ProxyPassMatch|ProxyPassReverse|Alias|ScriptAlias|WSGIScriptAlias|SetEnvIf|SetEnvIfNoCase|BrowserMatch|SetHandler|AddHandler|AuthType|AuthName|AuthUserFile|AuthGroupFile|AuthBasicProvider|Redirect|RedirectMatch|SSLVerifyClient|SSLRequire|SSLRequireSSL|SecRule|SecAction|SecRuleEngine|SecRuleRemoveById|SecRuleUpdateTargetById|ErrorDocument|Header|RequestHeader|CustomLog|LogFormat|ErrorLog|Listen|User|Group|Include|IncludeOptional|FollowSymLinks)\s[^\n;{]{1,2000})$/i
const HAPROXY =
  /^(?:(?:frontend|backend|listen|defaults|global)(?:\s{1,8}[\w.-]{1,100})?|(?:http-request|http-response|tcp-request|tcp-response|use_backend|default_backend|acl|bind|server|mode|option|timeout|balance)\s[^\n;{}]{1,500})$/
const LISTING =
  /^(?:[-dlbcps][rwxsStT-]{9}[.+@]?\s|total \d{1,12}$|f: \/|(?:File: |Size: \d|Access: \(\d{3,4}\/)|[dl-]?(?:[rwxsStT-]{9}) \S{1,40} \S{1,40} \S|# (?:file|owner|group): |(?:user|group|mask|other|default):[^:\n]{0,64}:[rwx-]{3}|drwx)/
const CLIENT_ERROR =
  /(?:Client|Server) Error: |Request failed with status code \d|has been blocked by CORS policy|Cross-Origin Request Blocked|^curl: \(\d{1,3}\)|Server returned HTTP response code|net::ERR_[A-Z_]{3}|HTTP Error \d{3}: |The requested URL returned error/

/** What one line is by itself; undefined for one that goes on with what came before it. */
export function kindOfLine(line: string): Kind | undefined {
  const bare = line.trim()
  if (bare === "") return undefined
  if (/^[<>] ?\S/.test(line) && (isRequestLine(line.slice(1).trim()) || isStatusLine(line.slice(1).trim())))
    return "transcript"
  if (/^\* {1,3}(?:Trying|Connected|Host |Established|ALPN|TLS|SSL|using HTTP|\[HTTP)/i.test(line)) return "transcript"
  if (isRequestLine(bare)) return "request"
  if (isStatusLine(bare)) return "response"
  if (!commandsIn(line).next().done) return "command"
  if (CLIENT_ERROR.test(bare)) return "client error"
  if (FETCH.test(bare)) return "fetch call"
  if (ADDRESS.test(bare)) return "address"
  return kindOfText(line, bare)
}

function kindOfText(line: string, bare: string): Kind | undefined {
  if (bare.startsWith("{") || bare.startsWith("[{")) return kindOfJson(jsonOf(bare))
  if (LISTING.test(bare)) return "listing"
  if (/^<(?:!doctype html|html|head|title|body|h1|center)\b/i.test(bare)) return "HTML"
  if (/^<(?:\?xml|Error>)/.test(bare)) return "XML"
  if (!["text", "kubernetes"].includes(readLine(line, "").format)) return "log"
  if (NGINX.test(bare)) return "nginx configuration"
  if (HTTPD.test(bare)) return "httpd configuration"
  if (HAPROXY.test(bare)) return "haproxy configuration"
  if (/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d|^(?:time|level|ts)=|^\[?(?:ERROR|WARN|INFO|DEBUG|WARNING)\b/.test(bare))
    return "log"
  if (/^(?:apiVersion|kind|metadata|spec|http|middlewares|services|ingress\.[\w./-]{1,80}|- op): ?/.test(line))
    return "YAML"
  const name = readField(bare)?.[0].toLowerCase()
  return name !== undefined && HEADERS.has(name) ? "headers" : undefined
}

const HEADERS: ReadonlySet<string> = new Set(
  `accept-ranges age allow alt-svc cache-control cf-ray connection content-encoding content-length content-type date etag
  server set-cookie strict-transport-security transfer-encoding vary via www-authenticate x-amz-request-id x-amz-cf-id
  x-amzn-errortype x-amzn-requestid x-cache x-powered-by x-frame-options x-request-id`
    .trim()
    .split(/\s+/),
)

/** A line of a log in JSON tells when, how grave or who asked; an answer's body does not. */
function kindOfJson(value: Json | undefined): Kind | undefined {
  if (value === undefined) return undefined
  if (isList(below(value, "log", "entries"))) return "HAR"
  return isMap(value) && LOGGED.some((it) => Object.hasOwn(value, it)) ? "log" : "JSON"
}

const LOGGED =
  `ts level severity logger msg httpRequest request remote_addr client_ip transaction ClientHost response_flags
  start_time @timestamp RequestMethod webaclId`
    .trim()
    .split(/\s+/)

/** What a whole file is by its name; undefined where the name does not tell. */
export function kindOfName(name: string): Kind | undefined {
  const base = name.slice(name.lastIndexOf("/") + 1).toLowerCase()
  if (base.endsWith(".har")) return "HAR"
  if (
    /\.log(?:\.\d{1,4})?$/.test(base) ||
    /^(?:access|error|other_vhosts_access|modsec_audit|audit)[._]?(?:log)?$/.test(base)
  )
    return "log"
  if (base === ".htaccess" || /^(?:httpd|apache2?|000-default|default-ssl)\b.{0,40}\.conf$/.test(base))
    return "httpd configuration"
  if (/^haproxy.{0,40}\.cfg$/.test(base)) return "haproxy configuration"
  if (/^nginx.{0,40}\.conf$/.test(base)) return "nginx configuration"
  if (/\.ya?ml$/.test(base)) return "YAML"
  return /\.html?$/.test(base) ? "HTML" : /\.xml$/.test(base) ? "XML" : undefined
}

/** What a text is as a whole: a JSON document, or something that only fits together as one. */
export function kindOfWhole(text: string): Kind | undefined {
  const begin = text.trimStart()
  if (!/^[{[]/.test(begin)) return undefined
  return kindOfJson(jsonOf(text))
}
