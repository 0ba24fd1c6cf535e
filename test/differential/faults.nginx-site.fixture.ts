import { join } from "node:path"
import type { Random } from "../random.fixture.ts"
import { content } from "./faults.plant.fixture.ts"
import { drawProbes } from "./faults.probes.fixture.ts"
import { block, type Line, line, type Site } from "./faults.site.fixture.ts"
import { growSite, HOSTS } from "./faults.tree.fixture.ts"

/** A site as people run it with nginx: files, a program behind it, rules that keep some out for good reason. */
export function drawNginxSite(random: Random, folder: string, port: number, upstream: number): Site {
  growSite(random, folder)
  const texts = [
    {
      file: join(folder, "conf.d/http.conf"),
      lines: [
        block("map $http_user_agent $is_bad", "default 0;", '"~*badbot" 1;'),
        block("geo $is_far", "default 0;", "10.0.0.0/8 1;"),
      ],
    },
    ...HOSTS.map((host, at) => ({
      file: join(folder, `sites/${host}.conf`),
      lines: [
        block(
          "server",
          `listen 127.0.0.1:${port}${at === 0 ? " default_server" : ""};`,
          `server_name ${host};`,
          `root ${join(content(folder), host)};`,
          "index index.html;",
          ...drawRules(random),
          ...drawLocations(random, join(content(folder), host), `${folder}/users`, upstream),
        ),
      ],
    })),
  ]
  return { folder, port, texts, probes: drawProbes(random, port) }
}

function drawRules(random: Random): readonly (string | Line)[] {
  return [
    ...(random.is(0.5) ? [block("if ($is_bad)", "return 403;")] : []),
    ...(random.is(0.5) ? [block("if ($is_far)", "return 403;")] : []),
    ...(random.is(0.4)
      ? random.of([["deny 127.0.0.7;"], ["allow 127.0.0.0/24;", "deny all;"], ["deny 192.0.2.0/24;", "allow all;"]])
      : []),
  ]
}

function drawLocations(random: Random, root: string, users: string, upstream: number): readonly Line[] {
  const location = (head: string, ...inside: readonly (string | Line)[]): Line => block(`location ${head}`, ...inside)
  const pass = `proxy_pass http://127.0.0.1:${upstream};`
  const maybe = (chance: number, ...all: readonly (string | Line)[]): readonly (string | Line)[] =>
    random.is(chance) ? all : []
  return [
    location(
      "/",
      ...random.of([
        ["try_files $uri $uri/ =404;"],
        ["try_files $uri $uri/ /index.html;"],
        ["try_files $uri /index.html;"],
        [],
      ]),
    ),
    location("/docs/", ...maybe(0.4, `alias ${root}/docs/;`)),
    location("/files/", "autoindex on;", ...maybe(0.3, "deny 192.0.2.7;")),
    location("^~ /static/", ...maybe(0.5, "autoindex on;"), ...maybe(0.4, "expires 30d;")),
    location(
      "/admin/",
      "allow 127.0.0.2;",
      "allow 127.0.0.4/31;",
      "deny all;",
      ...maybe(0.4, location("~ \\.html$", "expires 1h;")),
    ),
    location("/private/", 'auth_basic "private";', `auth_basic_user_file ${users};`),
    location("/shop/", ...maybe(0.6, "auth_request /_gate;"), ...maybe(0.3, "satisfy all;")),
    location("/api/", pass, ...maybe(0.3, block("limit_except GET POST", "allow 127.0.0.2;", "deny all;"))),
    location("= /health", random.of(['return 200 "ok";', pass])),
    location("= /_gate", "internal;", "return 204;"),
    location("= /_closed", "internal;", "return 403;"),
    ...(random.is(0.7) ? [location("~ /\\.", "deny all;")] : []),
    ...(random.is(0.3) ? [location("~ \\.css$", "expires max;")] : []),
  ]
}

export const NGINX_BRACES = { open: (text: string) => `${text} {`, close: () => "}" }
export const inHttp = ({ texts }: Site): { readonly inside: Line[] } => ({ inside: texts[0]?.lines ?? [line("")] })
