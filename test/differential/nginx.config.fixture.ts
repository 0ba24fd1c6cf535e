import type { Random } from "../random.fixture.ts"

/** One server that was drawn, and what its requests should touch. */
export interface DrawnServer {
  readonly http: string
  readonly text: string
  readonly host: string
  readonly paths: readonly string[]
}

export interface Place {
  readonly root: string
  readonly port: number
  readonly upstream: number
  readonly number: number
  readonly passwords: string
  /** The number of the server that answers for names that are nobody's. */
  readonly standard: number
}

const ADDRESSES = [
  "127.0.0.1",
  "127.0.0.2",
  "127.0.0.0/30",
  "127.0.0.4/30",
  "127.0.0.0/8",
  "10.0.0.0/8",
  "::1",
  "all",
  "127.0.0.8",
] as const
export const AGENTS = ["curl/8.0", "Mozilla/5.0", "GoodBot/1.0 (+http://x.test)", "evilscan", ""] as const
export const REFERERS = [
  "",
  "http://www.example.test/a",
  "https://evil.test/",
  "http://s1.test/x",
  "not a url",
  "http://example.test:81/p",
] as const
const NAMES = ["/", "/admin", "/admin/", "/files/", "/api/", "/img", "/a.txt", "/public/sub/", "/files/sub"] as const
const PATTERNS = [
  "\\.txt$",
  "\\.(png|html?)$",
  "^/admin",
  "/\\.",
  "^/(files|api)/(.*)$",
  "\\.php$",
  "^/[a-f]+/sub",
] as const
const CODES = [403, 403, 404, 401, 500, 200, 204, 301, 302, 410] as const

/** Draws one `server` with what it needs around it. Everything drawn is accepted by nginx. */
export function drawServer(random: Random, place: Place): DrawnServer {
  return new Drawing(random, place).server()
}

class Drawing {
  readonly #random: Random
  readonly #place: Place
  readonly #http: string[] = []
  readonly #named: string[] = []
  readonly #paths: string[] = []
  #variables = 0

  constructor(random: Random, place: Place) {
    this.#random = random
    this.#place = place
  }

  server(): DrawnServer {
    const random = this.#random
    const { port, number, root, ...place } = this.#place
    const host = `s${number}.test`
    const names = random.of([
      host,
      `${host} *.${host}`,
      `.${host}`,
      `~^s${number}\\.te(?<tail>st)$`,
      `${host} s${number}.*`,
    ])
    if (random.is(0.6)) this.#named.push("@back")
    if (random.is(0.3)) this.#named.push("@other")
    const lines = [
      `listen 127.0.0.1:${port}${number === place.standard ? " default_server" : ""};`,
      ...random.some([`listen 127.0.0.2:${port};`, `listen *:${port + 1};`], 0.2),
      `server_name ${names};`,
      `root ${root}${random.is(0.1) ? "/public" : ""};`,
      ...this.#common(0.25),
      ...this.#script(0.25, true),
      ...this.#realIp(),
      random.is(0.1) ? "merge_slashes off;" : "",
      ...this.#locations(5, 0, ""),
      AUTH,
      `location = /variables { internal; set $v${number}_0 ""; set $v${number}_1 ""; }`,
      ...this.#named.map((it) => `location ${it} {\n${this.#body(true, false)}}`),
    ]
    const text = `server {\n${lines.filter((it) => it !== "").join("\n")}\n}\n`
    return { http: this.#http.join("\n"), text, host, paths: this.#paths }
  }

  #locations(most: number, depth: number, within: string): readonly string[] {
    const random = this.#random
    const seen = new Set<string>()
    return random.times(most, () => {
      const isPattern = random.is(0.3)
      const inner = within !== "" && !isPattern
      const name = isPattern
        ? random.of(PATTERNS)
        : inner
          ? `${within}${random.of(["sub", "x/", "a.txt", "sub/"])}`
          : random.of(NAMES)
      const sign = isPattern ? random.of(["~", "~*"]) : random.of(["", "", "", "=", "^~"])
      const key = sign === "=" ? `= ${name}` : `${isPattern ? sign : ""}${name}`
      if (seen.has(key)) return ""
      seen.add(key)
      if (!isPattern) this.#paths.push(name)
      const nested =
        depth < 1 && sign !== "=" && random.is(0.25) ? this.#locations(2, depth + 1, isPattern ? "" : name) : []
      // In a location of a pattern only patterns can be told to be inside of it.
      const kept = isPattern ? nested.filter((it) => /^location ~/.test(it)) : nested
      return `location ${sign} ${name} {\n${kept.join("\n")}${this.#body(false, isPattern)}}`
    })
  }

  #body(isNamed: boolean, isPattern: boolean): string {
    const random = this.#random
    const { upstream } = this.#place
    const relays = random.is(0.15)
    const lines = [
      ...this.#common(0.22),
      ...this.#script(0.25, false),
      ...this.#realIp(),
      random.is(0.08) ? "internal;" : "",
      random.is(0.03) ? "random_index on;" : "",
      this.#root(isNamed, isPattern),
      random.is(0.04) ? `limit_req zone=often burst=5000 nodelay;` : "",
      random.is(0.12) ? this.#limitExcept() : "",
      relays ? `proxy_pass http://127.0.0.1:${upstream};` : "",
      !relays && random.is(0.2) ? this.#tryFiles() : "",
    ]
    return `${lines.filter((it) => it !== "").join("\n")}\n`
  }

  #root(isNamed: boolean, isPattern: boolean): string {
    const random = this.#random
    const { root } = this.#place
    if (random.is(0.12) && !isNamed)
      return isPattern
        ? `alias ${root}/${random.of(["files/$2", "$1", "admin/", "$1/$2", "$uri", "a.txt"])};`
        : `alias ${root}/${random.of(["files", "files/", "admin/", "public/sub/", "$arg_a/"])};`
    if (!random.is(0.12)) return ""
    return `root ${root}/${random.of(["public", "files", "nowhere", "$arg_a", "$remote_user", "files/"])};`
  }

  /** What may stand in a server and in a location. */
  #common(chance: number): readonly string[] {
    const random = this.#random
    const { passwords } = this.#place
    return [
      ...(random.is(chance) ? this.#rules() : []),
      ...(random.is(chance / 2)
        ? [
            `auth_basic ${random.of(['"realm"', '"realm"', "off"])};`,
            `auth_basic_user_file ${random.of([passwords, passwords, `${passwords}.missing`, `${passwords}.secret`])};`,
          ]
        : []),
      random.is(chance / 3) ? `satisfy ${random.of(["any", "all"])};` : "",
      random.is(chance / 3)
        ? `auth_request ${random.of(["/auth200", "/auth403", "/auth401", "/auth500", "off", "/a.txt"])};`
        : "",
      random.is(chance) ? this.#errorPage() : "",
      random.is(chance / 4) ? "recursive_error_pages on;" : "",
      random.is(chance)
        ? `index ${random.of(["index.html", "index.php index.html", "a.txt", "none.html", "/b.html", "index.htm /a.txt", "sub"])};`
        : "",
      random.is(chance / 1.5) ? `autoindex ${random.of(["on", "on", "off"])};` : "",
      random.is(chance / 4)
        ? `disable_symlinks ${random.of(["on", "if_not_owner", "off", `on from=${this.#place.root}`])};`
        : "",
      random.is(chance / 6) ? `client_max_body_size ${random.of(["1k", "10", "0", "2m"])};` : "",
      random.is(chance / 8) ? "add_header X-A b;" : "",
    ]
  }

  #rules(): readonly string[] {
    const random = this.#random
    return [
      ...random.times(4, () => `${random.of(["allow", "deny"])} ${random.of(ADDRESSES)};`),
      random.is(0.5) ? "deny all;" : "",
    ]
  }

  #realIp(): readonly string[] {
    const random = this.#random
    if (!random.is(0.05)) return []
    return [
      `set_real_ip_from ${random.of(["127.0.0.1", "127.0.0.0/8", "127.0.0.2"])};`,
      random.is(0.7) ? `real_ip_header ${random.of(["X-Forwarded-For", "X-Real-IP", "CF-Connecting-IP"])};` : "",
      random.is(0.4) ? "real_ip_recursive on;" : "",
    ]
  }

  #errorPage(): string {
    const random = this.#random
    const codes = random.of(["403", "404", "403 404", "401", "403 404 405 500", "301"])
    const answer = random.of(["", "", "", "=", "=200", "=404", "=302"])
    const named = this.#named[random.below(this.#named.length)] ?? "/b.html"
    const page = random.of(["/b.html", "/admin/a.txt", "/none.html", named, "/b.html?q=1", "http://other.test/"])
    return `error_page ${codes} ${answer} ${page};`
  }

  #limitExcept(): string {
    const random = this.#random
    const methods = random.of(["GET", "GET POST", "POST", "GET PUT", "OPTIONS"])
    const inner = [
      ...this.#rules(),
      random.is(0.2) ? 'auth_basic "r";' : "",
      random.is(0.2) ? `auth_basic_user_file ${this.#place.passwords};` : "",
    ]
    return `limit_except ${methods} {\n${inner.filter((it) => it !== "").join("\n")}\n}`
  }

  #tryFiles(): string {
    const random = this.#random
    const named = this.#named[random.below(this.#named.length)]
    const last = random.of(["=404", "=403", "/index.html", "/admin/?x=$uri", "/none", named ?? "=404"])
    const files = random.of([
      "$uri",
      "$uri $uri/",
      "$uri/",
      "$uri.html",
      "/a.txt",
      "$uri/index.html $uri",
      "/files$uri",
    ])
    return `try_files ${files} ${last};`
  }

  #script(chance: number, isServer: boolean): readonly string[] {
    const random = this.#random
    const lines: string[] = []
    if (random.is(chance / 2)) lines.push(this.#set())
    if (random.is(chance)) lines.push(...this.#if(isServer))
    if (random.is(chance / 2)) lines.push(this.#rewrite())
    if (random.is(chance / 3)) lines.push(...this.#if(isServer))
    if (random.is(chance / (isServer ? 12 : 3))) lines.push(this.#return())
    // nginx does not take the same name twice.
    const isReferers = (it: string): boolean => it.startsWith("valid_referers")
    const kept = lines.find(isReferers)
    return lines
      .filter((it) => !isReferers(it) || it === kept)
      .filter((it, at, all) => !isReferers(it) || all.indexOf(it) === at)
  }

  #set(): string {
    const random = this.#random
    return `set $v${this.#place.number}_${random.below(2)} ${random.of(["0", "1", "$uri", '"$arg_a-$request_method"', '""', "$http_user_agent", "$host"])};`
  }

  #variable(): string {
    const random = this.#random
    const { number } = this.#place
    // Named everywhere, so that each is known wherever it is met.
    return random.of([
      "$request_method",
      "$http_user_agent",
      "$http_referer",
      "$uri",
      "$args",
      "$arg_a",
      "$remote_addr",
      "$host",
      "$cookie_c",
      "$request_uri",
      "$scheme",
      "$is_args",
      "$http_x_key",
      `$v${number}_0`,
      `$v${number}_1`,
      this.#mapped(),
      "$request_filename",
      "$remote_user",
      "$server_name",
      "$content_type",
    ])
  }

  #mapped(): string {
    const random = this.#random
    const name = `$m${this.#place.number}_${this.#variables++}`
    const value = (): string => random.of(["0", "1", '""', "yes", "$uri"])
    if (random.is(0.4)) {
      const from = random.is(0.2) ? "$arg_a " : ""
      this.#http.push(
        `geo ${from}${name} {\ndefault ${random.of(["0", "1", '""'])};\n${random
          .some(["127.0.0.0/8", "127.0.0.1", "127.0.0.4/30", "10.0.0.0/8", "0.0.0.0/0"], 0.4)
          .map((it) => `${it} ${random.of(["0", "1", "yes"])};`)
          .join("\n")}\n}`,
      )
      return name
    }
    const [from, keys] = random.of<Table>([
      ["$http_user_agent", ["~*curl", "~Bot", "evilscan", '""', "~^Moz"]],
      ["$request_method", ["GET", "~^P", "HEAD", "post"]],
      ["$uri", ["/admin/", "~\\.txt$", "~^/(?<part>[a-z]+)/", "/"]],
      ["$host", ["*.test", `s${this.#place.number}.test`, "s1.*", ".other.test"]],
      ["$remote_addr", ["127.0.0.1", "~^127\\.0\\.0\\.[4-7]$"]],
      ["$http_referer", ["~*evil", '""', "~^http://www\\."]],
    ])
    const lines = random.some(keys, 0.6).map((it) => `${it} ${value()};`)
    const hosts = from === "$host" ? "hostnames;" : ""
    this.#http.push(
      `map ${from} ${name} {\n${hosts}\n${random.is(0.7) ? `default ${value()};` : ""}\n${lines.join("\n")}\n}`,
    )
    return name
  }

  #condition(): string {
    const random = this.#random
    const { root } = this.#place
    if (random.is(0.2))
      return `${random.of(["-f", "!-f", "-d", "!-d", "-e", "!-e", "-x", "!-x"])} ${random.of(["$request_filename", `${root}/a.txt`, `${root}/admin$uri`, `${root}/link`])}`
    const variable = this.#variable()
    return random.of([
      variable,
      `${variable} = ${random.of(["GET", "1", '""', "/a.txt", "s1.test", "x"])}`,
      `${variable} != ${random.of(["GET", "1", '""', "POST"])}`,
      `${variable} ~ ${random.of(["^G", '"\\.txt$"', "bot", "^(.*)$", "127", "a=(\\d+)"])}`,
      `${variable} ~* ${random.of(["CURL", "BOT|scan", '"^/admin"', "TEST$"])}`,
      `${variable} !~ ${random.of(["^G", "x", "a"])}`,
      `${variable} !~* ${random.of(["MOZ", "GET|HEAD"])}`,
    ])
  }

  #if(isServer: boolean): readonly string[] {
    const random = this.#random
    const referers = random.is(0.2)
      ? `valid_referers ${random.of(["none", "blocked", "none blocked", ""])} ${random.of(["*.example.test", "server_names", "example.test/p", "~evil", "www.example.*"])} fixed.test;`
      : ""
    const condition = referers !== "" && random.is(0.8) ? "$invalid_referer" : this.#condition()
    const action = random.of<() => string>([
      () => this.#return(),
      () => this.#return(),
      () => this.#return(),
      () => this.#rewrite(),
      () => this.#set(),
      () => "break;",
      () =>
        isServer
          ? this.#set()
          : random.of([
              this.#errorPage(),
              `root ${this.#place.root}/public;`,
              `proxy_pass http://127.0.0.1:${this.#place.upstream};`,
            ]),
    ])()
    return [referers, `if (${condition}) {\n${action}\n}`]
  }

  #return(): string {
    const random = this.#random
    const code = random.of(CODES)
    const text =
      code === 301 || code === 302 ? " http://x.test/" : random.is(0.2) ? random.of([" text", ' "$uri"']) : ""
    return `return ${code}${text};`
  }

  #rewrite(): string {
    const random = this.#random
    const pattern = random.of([
      "^/admin/(.*)$",
      "^/(.*)\\.txt$",
      "^(.*)$",
      "^/api/?(.*)$",
      "/img",
      "^/files/([^/]+)/(.*)$",
    ])
    const to = random.of([
      "/files/$1",
      "/$1",
      "/b.html",
      "/a.txt?",
      "/public/sub/?p=$1",
      "/index.php?q=$1",
      "/$uri",
      "/admin/",
    ])
    return `rewrite ${pattern} ${to} ${random.of(["last", "break", "", "", "permanent", "redirect"])};`
  }
}

type Table = readonly [from: string, keys: readonly string[]]

/** Locations the sub-requests of `auth_request` go to. */
const AUTH = `
location = /auth200 { internal; auth_request off; return 200; }
location = /auth403 { internal; auth_request off; return 403; }
location = /auth401 { internal; auth_request off; return 401; }
location = /auth500 { internal; auth_request off; return 500; }
`
