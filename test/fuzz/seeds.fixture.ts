import { readdirSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { SAMPLES } from "../../src/exhibits/parsers.fixture.ts"
import { MODEL_SEEDS, type ModelFamily } from "./model-seeds.fixture.ts"

/** What a parser reads, so that it is given what it knows. */
export type Family =
  | "any"
  | "case"
  | "log"
  | "nginx"
  | "httpd"
  | "listing"
  | "yaml"
  | "expression"
  | "url"
  | ModelFamily

const CASES = join(import.meta.dir, "../diagnosis")

const caseLines = (): readonly string[] =>
  readdirSync(CASES)
    .filter((it) => it.endsWith(".jsonl"))
    .flatMap((it) => readFileSync(join(CASES, it), "utf8").split("\n"))
    .filter((it) => it !== "")

/** Every text of all real cases, whatever its part. */
const evidence = (): readonly string[] => caseLines().flatMap((it) => leaves(JSON.parse(it).evidence))

function leaves(value: unknown): readonly string[] {
  if (typeof value === "string") return value === "" ? [] : [value]
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(leaves) : []
}

/** Files below a folder of this machine that are texts of some size; none where it is not installed. */
function installed(folder: string, deep = 3): readonly string[] {
  try {
    return readdirSync(folder).flatMap((name) => {
      const path = join(folder, name)
      const stats = statSync(path, { throwIfNoEntry: false })
      if (stats?.isDirectory() === true) return deep === 0 ? [] : installed(path, deep - 1)
      return stats?.isFile() === true && stats.size < 32_000 ? [readFileSync(path, "utf8")] : []
    })
  } catch {
    return []
  }
}

const LISTINGS = [
  "total 8\ndrwxr-x--- 2 root root 4096 Jan  1 00:00 a\n-rw-r--r--+ 1 bob www-data 12 Feb 29  2024 b.html\nlrwxrwxrwx 1 root root 3 Mar  1 10:00 c -> ../a",
  "f: /var/www/html/index.html\n drwxr-xr-x root root /\n drwxr-x--- root adm var\n -rw-r----- root root index.html",
  "  File: /srv/a\n  Size: 4096\tBlocks: 8 IO Block: 4096 directory\nAccess: (0750/drwxr-x---)  Uid: (    0/    root)   Gid: (   33/www-data)",
  "# file: srv/www\n# owner: root\n# group: root\nuser::rwx\nuser:bob:r-x\ngroup::r-x\nmask::rwx\nother::---",
  "root:x:0:0:root:/root:/bin/sh\nwww-data:x:33:33::/var/www:/usr/sbin/nologin\nadm:x:4:bob,www-data",
  "-rw-r--r-- root/root 12 2024-02-29 10:00 ./srv/www/a b.html",
]

const EXPRESSIONS = [
  `%{REQUEST_URI} =~ m#^/a(b|c)*$# && ! ( -n req('X') || %{REMOTE_ADDR} -ipmatch '10.0.0.0/8' )`,
  `"%{tolower:%{HTTP_USER_AGENT}}" in { 'a', "b", split(/,/, %{env:LIST}) }`,
  "%{TIME_HOUR} -gt 8 and %{HTTP:Accept} -strmatch '*/*' or file('/x') == 'y'",
  "^/(a|b+)/(?<name>[^/]*)(?=x)\\.(?i:html?)$",
  "(a*)*(b|b)+\\1{2,500}",
]

const made = new Map<Family, readonly string[]>()

/** Read once: they are many. */
export function seedsOf(family: Family): readonly string[] {
  const known = made.get(family)
  if (known !== undefined) return known
  const seeds = MAKE[family]()
  made.set(family, seeds)
  return seeds
}

const MAKE: Readonly<Record<Family, () => readonly string[]>> = {
  any: () => [...SAMPLES, ...SAMPLES, ...evidence()],
  case: caseLines,
  log: () => [
    ...SAMPLES,
    ...evidence().filter((it) => /\[|\d{4}/.test(it)),
    ...installed("/usr/share/modsecurity-crs", 1),
  ],
  nginx: () => [...installed("/etc/nginx"), ...evidence().filter((it) => /[;{]\s*$/m.test(it))],
  httpd: () => [
    ...installed("/etc/apache2"),
    ...evidence().filter((it) => /^\s*(?:<[A-Z]|Require|Rewrite|Order)/m.test(it)),
  ],
  listing: () => [...LISTINGS, ...evidence().filter((it) => /[r-][w-][xsS-]/.test(it))],
  yaml: () => [readFileSync(join(import.meta.dir, "../example.yaml"), "utf8"), ...SAMPLES],
  expression: () => EXPRESSIONS,
  ...MODEL_SEEDS,
  url: () => ["https://u:p@a.example:8443/x/y?z=1&z=2#f", "curl http://[::1]:99999/ -H 'Host: b'", "//a", "http://é/"],
}
