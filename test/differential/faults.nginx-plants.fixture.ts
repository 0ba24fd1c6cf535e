import { join } from "node:path"
import type { Random } from "../random.fixture.ts"
import { inHttp } from "./faults.nginx-site.fixture.ts"
import {
  begin,
  content,
  end,
  FILE_KINDS,
  type Kind,
  linesIn,
  oneOf,
  type Planted,
  rewritten,
  withoutIndex,
} from "./faults.plant.fixture.ts"
import { block, blocksIn, type Line, line, type Site } from "./faults.site.fixture.ts"
import { HOSTS } from "./faults.tree.fixture.ts"

const CLIENTS = ["127.0.0.2", "127.0.0.3", "127.0.0.4", "127.0.0.5", "127.0.0.6"] as const
const NETWORKS = ["127.0.0.0/29", "127.0.0.0/24", "127.0.0.4/30", "127.0.0.2/31"] as const
const AGENTS = ['"~*mozilla" 1;', '"~^curl/" 1;', '"~*bot" 1;', '"curl/8.5.0" 1;'] as const

type Place = { readonly inside: Line[] }
type Plant = (random: Random, place: Place, site: Site) => Planted | undefined

const locations = (site: Site): readonly Place[] => blocksIn(site, /^location (?:\^~ )?\/(?!_)/)
const servers = (site: Site): readonly Place[] => blocksIn(site, /^server$/)

function anywhere(random: Random, site: Site): Place | undefined {
  const level = random.below(6)
  return level === 0 ? inHttp(site) : oneOf(random, level === 1 ? servers(site) : locations(site))
}

const at = (name: string, places: (random: Random, site: Site) => Place | undefined, plant: Plant): Kind => ({
  name,
  plant: (random, site) => {
    const place = places(random, site)
    return place === undefined ? undefined : plant(random, place, site)
  },
})
const serving = (random: Random, site: Site): Place | undefined =>
  oneOf(random, random.is(0.25) ? servers(site) : locations(site))
const inLocation = (random: Random, site: Site): Place | undefined => oneOf(random, locations(site))
const api = (random: Random, site: Site): Place | undefined => oneOf(random, blocksIn(site, /^location \/api\//))
const condition = (text: string): Line => block(`if (${text})`, "return 403;")

/** What goes wrong with nginx. */
export const NGINX_KINDS: readonly Kind[] = [
  at("deny a client", anywhere, (random, place) => begin(place, line(`deny ${random.of(CLIENTS)};`))),
  at("deny a network", anywhere, (random, place) => begin(place, line(`deny ${random.of(NETWORKS)};`))),
  at("deny all", anywhere, (_, place) => begin(place, line("deny all;"))),
  at("a list that replaces the outer one", inLocation, (random, place) => {
    if (place.inside.some((it) => /^(?:allow|deny) /.test(it.text))) return undefined
    return begin(place, line(`allow ${random.of(CLIENTS)};`), line("deny all;"))
  }),
  at("limit_except", api, (random, place) => {
    if (place.inside.some((it) => it.text.startsWith("limit_except"))) return undefined
    const rules = random.of([["deny all;"], ["allow 127.0.0.9;", "deny all;"], ["deny 127.0.0.0/29;"]])
    return begin(place, block(`limit_except ${random.of(["GET", "GET HEAD", "GET PUT"])}`, ...rules))
  }),
  at("return 403", serving, (_, place) => begin(place, line("return 403;"))),
  at("if on the agent", serving, (random, place) =>
    begin(
      place,
      condition(`$http_user_agent ${random.of(['~* "curl|wget"', "~ bot", '~* "mozilla"', '= "curl/8.5.0"'])}`),
    ),
  ),
  at("if on the method", serving, (random, place) =>
    begin(place, condition(`$request_method ${random.of(["!~ ^(GET|HEAD)$", "= POST", "= HEAD", '~ "PUT|DELETE"'])}`)),
  ),
  at("if on the referer", serving, (random, place) =>
    begin(
      place,
      ...random.of([
        [line("valid_referers server_names *.test;"), condition("$invalid_referer")],
        [line("valid_referers none www.test;"), condition("$invalid_referer")],
        [condition('$http_referer ~* "elsewhere"')],
      ]),
    ),
  ),
  at(
    "a line of map",
    (random, site) => oneOf(random, blocksIn(site, /^map /)),
    (random, place) => end(place, line(random.of(AGENTS))),
  ),
  at(
    "a line of geo",
    (random, site) => oneOf(random, blocksIn(site, /^geo /)),
    (random, place) => end(place, line(`${random.of([...CLIENTS, ...NETWORKS])} 1;`)),
  ),
  at("auth_request to what refuses", inLocation, (_, place) => {
    const own = place.inside.find((it) => it.text.startsWith("auth_request"))
    return own === undefined ? begin(place, line("auth_request /_closed;")) : rewritten(own, "auth_request /_closed;")
  }),
  {
    name: "what auth_request asks refuses",
    plant: (random, site) => rewritten(oneOf(random, linesIn(site, /^return 204;/))?.it, "return 403;"),
  },
  { name: "no index", plant: (random, { folder }) => withoutIndex(random, folder) },
  {
    name: "index of another name",
    plant: (random, site) => rewritten(oneOf(random, linesIn(site, /^index /))?.it, "index main.html;"),
  },
  {
    name: "no list of files",
    plant: (random, site) => rewritten(oneOf(random, linesIn(site, /^autoindex on/))?.it, "autoindex off;"),
  },
  {
    name: "try_files ends at a directory",
    plant: (random, site) =>
      rewritten(
        oneOf(random, linesIn(site, /^try_files/))?.it,
        random.of([
          "try_files $uri $uri/ /index.html;",
          "try_files $uri $uri/ /empty/;",
          "try_files $uri/ /empty/ =404;",
        ]),
      ),
  },
  { name: "root of another directory", plant: wrongRoot },
  at("disable_symlinks", anywhere, (random, place) =>
    begin(place, line(`disable_symlinks ${random.of(["on", "if_not_owner"])};`)),
  ),
  ...FILE_KINDS,
]

function wrongRoot(random: Random, site: Site): Planted | undefined {
  const empty = join(content(site.folder), random.of(HOSTS), "empty")
  const own = oneOf(random, linesIn(site, /^(?:root|alias) /))?.it
  const planted = own?.text.startsWith("alias")
    ? rewritten(own, `alias ${empty}/;`)
    : rewritten(own, `root ${random.of([empty, join(empty, ".."), `${site.folder}/www`])};`)
  return planted === undefined ? undefined : { ...planted, path: empty }
}
