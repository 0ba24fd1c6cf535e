import { expect, test } from "bun:test"
import fc from "fast-check"
import { directory, file, reader, treeOf } from "../../files/tree.fixture.ts"
import type { Requirement } from "../../httpd/access/authorization.ts"
import { readConfiguration } from "../../httpd/configuration.ts"
import { judge } from "../../httpd/judge.ts"
import { GivenTexts } from "../../httpd/language/texts.ts"
import { isLetIn } from "../../remedies.ts"
import { anyAddress, anyNetwork } from "../addresses.fixture.ts"
import { deadEntries } from "./allow-deny.ts"
import { deadLines } from "./granted.ts"

/** Milliseconds, as each run reads two configurations and judges two dozen requests. */
const PATIENCE = 60_000

const tree = treeOf({
  "/srv": directory(0o755),
  "/srv/www": directory(0o755),
  "/srv/www/index.html": file(0o644),
})

const read = (lines: readonly string[]) => {
  const text = `DocumentRoot /srv/www\n<Directory /srv/www>\n${lines.join("\n")}\n</Directory>\n`
  return readConfiguration({ texts: new GivenTexts(new Map([["httpd.conf", text]])), main: "httpd.conf" })
}

/** What httpd answers to each of them, by its judge. */
const decisions = (lines: readonly string[], addresses: readonly string[]): readonly boolean[] => {
  const configuration = read(lines)
  return addresses.flatMap((client) =>
    ["GET", "POST"].map((method) =>
      isLetIn(
        judge(
          { configuration, tree, reader: reader(33, 33) },
          {
            method,
            target: "/index.html",
            host: "a",
            scheme: "http",
            port: 80,
            protocol: "HTTP/1.1",
            headers: [["Host", "a"]],
            client,
          },
        ),
      ),
    ),
  )
}

const network = anyNetwork.filter((it) => !it.includes("ffff:"))
const require = fc.oneof(
  { weight: 3, arbitrary: network.map((it) => `Require ip ${it}`) },
  { weight: 1, arbitrary: network.map((it) => `Require not ip ${it}`) },
  { weight: 1, arbitrary: fc.constantFrom("Require all granted", "Require all denied", "Require method GET") },
)
const group = fc
  .tuple(fc.constantFrom("RequireAll", "RequireAny", "RequireNone"), fc.array(require, { minLength: 1, maxLength: 4 }))
  .map(([name, lines]) => [`<${name}>`, ...lines, `</${name}>`])
const lists = fc.array(fc.oneof({ weight: 3, arbitrary: require.map((it) => [it]) }, group), {
  minLength: 1,
  maxLength: 5,
})
const addresses = fc.array(anyAddress, { minLength: 6, maxLength: 6 })

test(
  "a list of Require lines decides as before when all its dead lines are removed, as the judge of httpd says",
  () => {
    let removed = 0
    fc.assert(
      fc.property(lists, addresses, (blocks, clients) => {
        const lines = blocks.flat()
        const configuration = read(lines)
        fc.pre(configuration.faults.every((it) => it.severity !== "error"))
        const root = configuration.main.directories[0]?.settings.authorization?.root
        const dead: readonly Requirement[] = root === undefined ? [] : deadLines(root)
        const gone = new Set(dead.map((it) => it.directive.line - 3))
        const left = lines.filter((_, at) => !gone.has(at))
        fc.pre(!left.some((it, at) => it.startsWith("<R") && left[at + 1]?.startsWith("</")))
        removed += gone.size
        expect(decisions(left, clients)).toEqual(decisions(lines, clients))
      }),
      { numRuns: 100 },
    )
    expect(removed).toBeGreaterThan(5)
  },
  PATIENCE,
)

const entry = fc
  .tuple(fc.constantFrom("Allow", "Deny"), fc.oneof({ weight: 4, arbitrary: network }, fc.constant("all")))
  .map(([verb, from]) => `${verb} from ${from}`)
const orders = fc.constantFrom("Order allow,deny", "Order deny,allow")

test(
  "Allow and Deny decide as before when all that is dead is removed, as the judge of httpd says",
  () => {
    let removed = 0
    fc.assert(
      fc.property(orders, fc.array(entry, { maxLength: 6 }), addresses, (order, entries, clients) => {
        const open = "Require all granted"
        const compat = read([open, order, ...entries]).main.directories[0]?.settings.compat
        const dead = compat === undefined ? [] : deadEntries(compat)
        const gone = new Set(dead.map((it) => it.directive.line - 5))
        removed += gone.size
        const left = entries.filter((_, at) => !gone.has(at))
        expect(decisions([open, order, ...left], clients)).toEqual(decisions([open, order, ...entries], clients))
      }),
      { numRuns: 100 },
    )
    expect(removed).toBeGreaterThan(5)
  },
  PATIENCE,
)
