import { globSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs"
import { basename, dirname, join, resolve } from "node:path"
import type { ConfigurationFiles } from "../diagnosis/judges/installation.ts"
import { Failure } from "./failure.ts"
import { beginningOf } from "./read-file.ts"

const MAIN_NAMES = ["nginx.conf", "apache2.conf", "httpd.conf", "conf/nginx.conf", "conf/httpd.conf"]
/** Bounds of what is read: a configuration is text people write. */
const MOST_FILES = 5000
const LARGEST_FILE = 4 * 1024 * 1024
const MOST_FOLDERS = 2000
const DEEPEST = 6
const MOST_BYTES = 16 * 1024 * 1024

/** Reads a configuration: its main file and what lies beside and below it, or is included from elsewhere; a folder; or one text. */
export function readConfigurationAt(path: string): ConfigurationFiles {
  const full = resolve(path)
  const main = isDirectory(full) ? mainIn(full) : full
  const text = beginningOf(main, LARGEST_FILE)
  if (/^# configuration file /m.test(text)) return { kind: "nginx", main, files: new Map([[main, text]]) }
  const files = new Map<string, string>([[main, text]])
  // Of a lone file in a folder of other things only the file is meant.
  if (isDirectory(full) || MAIN_NAMES.some((it) => basename(it) === basename(main))) addBelow(dirname(main), files)
  const kind = kindOf(main, text)
  addIncluded(main, kind, files)
  return { kind, main, files }
}

/** nginx ends directives with semicolons; httpd has none. */
function kindOf(path: string, text: string): ConfigurationFiles["kind"] {
  if (/nginx/i.test(basename(path))) return "nginx"
  if (/apache|httpd|htaccess/i.test(basename(path))) return "httpd"
  return /^[^#\n]*[;{][ \t\r]*$/m.test(text) ? "nginx" : "httpd"
}

function mainIn(folder: string): string {
  const found = MAIN_NAMES.map((it) => join(folder, it)).find((it) => isFile(it))
  if (found === undefined)
    throw new Failure(`${folder} holds no ${MAIN_NAMES.slice(0, 3).join(", ")}. Name the main file itself.`)
  return found
}

function addBelow(folder: string, files: Map<string, string>): void {
  const waiting = [folder]
  // By their real names: links that lead round, or to one folder from many, would be gone through without end.
  const seen = new Set<string>()
  for (let at = waiting.pop(); at !== undefined && seen.size < MOST_FOLDERS; at = waiting.pop()) {
    const real = realOf(at)
    if (real === undefined || seen.has(real) || KERNEL.test(real)) continue
    seen.add(real)
    for (const name of namesIn(at)) {
      const path = join(at, name)
      if (!isDirectory(path)) add(path, files)
      else if (path.split("/").length <= folder.split("/").length + DEEPEST) waiting.push(path)
    }
  }
}

/** What is there only while it is looked at is no configuration, and has no end. */
const KERNEL = /^\/(?:proc|sys|dev)(?:\/|$)/

function realOf(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}

function add(path: string, files: Map<string, string>): void {
  if (files.has(path) || files.size >= MOST_FILES) return
  try {
    const stats = statSync(path)
    if (!stats.isFile() || stats.size > LARGEST_FILE) return
    let total = stats.size
    for (const text of files.values()) total += text.length
    if (total > MOST_BYTES) return
    const text = readFileSync(path, "utf8")
    if (!text.includes("\0")) files.set(path, text)
  } catch {
    // What may not be read is not there for the judge, and it says which include was missing.
  }
}

/** Files named by `include` with an absolute path elsewhere; those again may include. */
function addIncluded(main: string, kind: ConfigurationFiles["kind"], files: Map<string, string>): void {
  const seen = new Set<string>()
  for (let before = -1; before !== files.size; ) {
    before = files.size
    for (const text of [...files.values()])
      for (const [, named = ""] of text.matchAll(/^[ \t]*include(?:optional)?[ \t]+["']?([^\s;"']{1,500})/gim)) {
        const path = resolve(dirname(main), named)
        if (seen.has(path) || seen.size > MOST_FILES) continue
        seen.add(path)
        // Only httpd takes a folder, and none would be that of all folders.
        if (isDirectory(path)) kind === "httpd" && path !== "/" && addBelow(path, files)
        // Servers know no "**", and one at the root would go through the whole machine.
        else if (/[*?[]/.test(path)) for (const it of globSync(path.replace(/\*{2,}/g, "*"))) add(it, files)
        else add(path, files)
      }
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true
}
