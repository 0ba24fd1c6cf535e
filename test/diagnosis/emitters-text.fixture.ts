import type { Refusal } from "./emitters-refusal.fixture.ts"

interface Place {
  readonly folder: string
  readonly tree: string
  readonly backend: number
}

type At = Place & { readonly port: number }

const filled = (text: string, { tree, backend }: Place): string =>
  text.replaceAll("TREE", tree).replaceAll("BACKEND", String(backend))

/** What a person would show of the configuration: the block of the site, with what stands beside it for it. */
export function siteOf(kind: "nginx" | "httpd" | "waf" | "haproxy", at: number, it: Refusal, place: Place): string {
  const around = it.around === undefined ? "" : `${it.around}\n`
  switch (kind) {
    case "nginx":
      return filled(`${around}server {\n  server_name nginx${at}.example.org;\n${inner(it)}}\n`, place)
    case "httpd":
    case "waf":
      return filled(`ServerName ${kind}${at}.example.org\nDocumentRoot "TREE"\n${it.site}\n`, place)
    case "haproxy":
      return `frontend site${at}\n  mode http\n  ${it.site}\n  default_backend shop\n`
  }
}

const inner = ({ site }: Refusal): string =>
  `${/^root/.test(site) ? "" : "  root TREE;\n"}${site === "" ? "" : `  ${site}\n`}`

interface Front {
  readonly port: number
  readonly to: number
}

export function nginxText(sites: readonly Refusal[], place: At, fronts: readonly Front[]): string {
  const { folder, port } = place
  const servers = sites.map((it, at) =>
    siteOf("nginx", at, it, place).replace(
      /^server \{$/m,
      `server {
  listen 127.0.0.1:${port};
  error_log ${folder}/log/nginx${at}.error.log error;
  access_log ${folder}/log/nginx${at}.access.log;`,
    ),
  )
  return `user www-data;
worker_processes 1;
pid ${folder}/nginx.pid;
error_log ${folder}/log/nginx.error.log error;
events { worker_connections 256; }
http {
access_log off;
server_names_hash_bucket_size 128;
log_format relayed '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" upstream_status=$upstream_status';
${["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((it) => `${it}_temp_path ${folder}/${it};`).join("\n")}
${servers.join("\n")}
${fronts.map((it) => frontText(it, folder)).join("\n")}
}
`
}

const frontText = ({ port, to }: Front, folder: string): string => `server {
  listen 127.0.0.1:${port};
  access_log ${folder}/log/front.access.log relayed;
  location / {
    proxy_pass http://127.0.0.1:${to};
    proxy_set_header Host $host;
  }
}`

const MODULES =
  `mpm_event authn_core authn_file authz_core authz_host authz_user access_compat auth_basic alias autoindex dir
  env mime rewrite setenvif headers cgid ssl`.split(/\s+/)
const PROXY = ["proxy", "proxy_http"]
const WAF = ["unique_id", "security2"]

export function httpdText(kind: "httpd" | "waf", sites: readonly Refusal[], place: At): string {
  const { folder, port } = place
  const modules = [...MODULES, ...(kind === "waf" ? WAF : PROXY)]
  const hosts = sites.map(
    (it, at) => `<VirtualHost 127.0.0.1:${port}>
ErrorLog ${folder}/log/${kind}${at}.error.log
CustomLog ${folder}/log/${kind}${at}.access.log combined
${siteOf(kind, at, it, place)}</VirtualHost>`,
  )
  return `ServerRoot ${folder}
${modules.map((it) => `LoadModule ${it}_module /usr/lib/apache2/modules/mod_${it}.so`).join("\n")}
DefaultRuntimeDir ${folder}
PidFile ${folder}/${kind}.pid
ScriptSock ${folder}/${kind}.cgid
ErrorLog ${folder}/log/${kind}.error.log
LogFormat "%h %l %u %t \\"%r\\" %>s %O \\"%{Referer}i\\" \\"%{User-Agent}i\\"" combined
Listen 127.0.0.1:${port}
ServerName main.example.org
TypesConfig /dev/null
User www-data
Group www-data
StartServers 1
ServerLimit 1
ThreadsPerChild 8
MaxRequestWorkers 8
${kind === "waf" ? `SecUnicodeMapFile /etc/modsecurity/unicode.mapping 20127\nSecTmpDir ${folder}/data\nSecDataDir ${folder}/data\nSecAuditEngine Off` : ""}
${hosts.join("\n")}
`
}

export function haproxyText(sites: readonly Refusal[], ports: readonly number[], front: Front): string {
  const frontends = sites.map((it, at) =>
    siteOf("haproxy", at, it, { folder: "", tree: "", backend: 0 }).replace("\n", `\n  bind 127.0.0.1:${ports[at]}\n`),
  )
  return `global
  log stdout format raw local0
defaults
  mode http
  log global
  option httplog
  timeout connect 5s
  timeout client 5s
  timeout server 5s
frontend www
  bind 127.0.0.1:${front.port}
  default_backend shop
backend shop
  server nginx1 127.0.0.1:${front.to}
${frontends.join("\n")}`
}
