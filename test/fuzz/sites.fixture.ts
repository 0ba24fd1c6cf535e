import { explainHttpd } from "../../src/servers/httpd/explain.ts"
import { model, request } from "../../src/servers/httpd/site.fixture.ts"
import { asked, FILE, machineWith } from "../../src/servers/nginx/any-request.fixture.ts"
import { explainNginx } from "../../src/servers/nginx/explain.ts"
import { NginxModel } from "../../src/servers/nginx/model.ts"
import type { ServerRequest } from "../../src/servers/request.ts"

const MACHINE = machineWith({
  "/srv/": 0o755,
  "/srv/www/": 0o755,
  "/srv/www/index.html": 0o644,
  "/srv/www/admin/": 0o700,
  "/var/": 0o755,
  "/var/www/": 0o755,
  "/var/www/html/": 0o750,
})

/** Requests for a configuration: usual ones, and ones made of its own words, so that its rules meet them. */
function* requests(text: string, usual: (target: string) => ServerRequest): Generator<ServerRequest> {
  yield usual("/")
  const words = text.match(/[^\s;{}]{1,2000}/g) ?? []
  const at = text.length % Math.max(1, words.length)
  const [one = "a", two = "b", three = "c"] = words.slice(at)
  yield usual(`/${encodeURI(one.toWellFormed())}`)
  yield {
    ...usual(two.startsWith("/") ? two : `/${two}?${three}`),
    method: at % 2 === 0 ? "GET" : "POST",
    headers: [
      ["Host", one],
      ["User-Agent", two.repeat(20).slice(0, 4096)],
      ["Referer", `http://${three}/`],
      ["Authorization", "Basic YTpi"],
      ["Cookie", "a=b; c"],
    ],
    client: at % 3 === 0 ? "::1" : "10.1.2.3",
  }
}

/** Reads the text as nginx's main file and as a piece, and asks; a refusal is explained, too. */
export function nginxSite(text: string): void {
  for (const isComplete of [true, false]) {
    const site = new NginxModel([{ file: FILE, text }], MACHINE, isComplete ? { main: FILE, isComplete } : {})
    for (const it of requests(text, asked)) {
      const judged = site.judge(it)
      if (judged.kind === "refuses") explainNginx(site, it, judged)
    }
  }
}

export function httpdSite(main: string, htaccess: string): void {
  const site = model(main, htaccess === "" ? {} : { "/srv/www/.htaccess": htaccess })
  for (const it of requests(main + htaccess, request)) {
    const judged = site.judge(it)
    if (judged.kind === "refuses") explainHttpd(site, it, judged)
  }
}
