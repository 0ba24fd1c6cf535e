import { readPermissions } from "../mode-text.ts"

/** What getfacl says of one path. */
export interface AclSighting {
  readonly name: string
  /** Line of its `# file:`, from 0. */
  readonly at: number
  readonly user: string | undefined
  readonly group: string | undefined
  /** Three digits of owner, owning group, other. */
  readonly bits: { readonly user: number; readonly group: number; readonly other: number }
  readonly special: number
  readonly users: ReadonlyMap<string, number>
  readonly groups: ReadonlyMap<string, number>
  readonly mask: number | undefined
  /** It has defaults for what is made in it, so it is a directory. */
  readonly hasDefault: boolean
}

const ENTRY = /^(user|group|mask|other|u|g|m|o):([^:]{0,256}):([r-][w-][xX-])/
const MOST_ENTRIES = 1000

/** Reads the block that begins at a line `# file: …`; undefined where the three basic entries are not all there. */
export function readAcl(lines: readonly string[], at: number): AclSighting | undefined {
  const name = /^# file: (.{1,4096})$/.exec(lines[at] ?? "")?.[1]
  if (name === undefined) return undefined
  const comments = new Map<string, string>()
  const basic = new Map<string, number>()
  const users = new Map<string, number>()
  const groups = new Map<string, number>()
  let hasDefault = false
  for (let next = at + 1; next < Math.min(lines.length, at + MOST_ENTRIES); next++) {
    const line = (lines[next] ?? "").trimEnd()
    if (line === "" || line.startsWith("# file:")) break
    const [, comment, said] = /^# (owner|group|flags): (\S{1,256})$/.exec(line) ?? []
    if (comment !== undefined && said !== undefined) comments.set(comment, said)
    if (line.startsWith("default:") || line.startsWith("d:")) hasDefault = true
    const [, tag = "", who = "", bits = ""] = ENTRY.exec(line) ?? []
    const kind = tag.charAt(0)
    if (kind === "") continue
    if (who === "") basic.set(kind, readPermissions(bits))
    else if (kind === "u" || kind === "g") (kind === "u" ? users : groups).set(unescaped(who), readPermissions(bits))
  }
  const [user, group, other] = ["u", "g", "o"].map((it) => basic.get(it))
  if (user === undefined || group === undefined || other === undefined) return undefined
  return {
    name: unescaped(name.trimEnd()),
    at,
    user: comments.get("owner"),
    group: comments.get("group"),
    bits: { user, group, other },
    special: specialBits(comments.get("flags") ?? "---"),
    users,
    groups,
    mask: basic.get("m"),
    hasDefault,
  }
}

const specialBits = (flags: string): number =>
  (flags[0] === "s" ? 0o4000 : 0) | (flags[1] === "s" ? 0o2000 : 0) | (flags[2] === "t" ? 0o1000 : 0)

/** Bytes in octal, as getfacl writes blanks and what is not ASCII. */
function unescaped(text: string): string {
  if (!text.includes("\\")) return text
  const bytes: Buffer[] = []
  for (let at = 0; at < text.length; ) {
    const octal = /^\\([0-3][0-7]{2})/.exec(text.slice(at, at + 4))?.[1]
    bytes.push(octal === undefined ? Buffer.from(text.charAt(at)) : Buffer.from([Number.parseInt(octal, 8)]))
    at += octal === undefined ? 1 : 4
  }
  return Buffer.concat(bytes).toString()
}
