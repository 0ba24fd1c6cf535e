import type { Source } from "../../../decision/source.ts"

/** What `Options` can grant. */
export const OPTIONS = [
  "Indexes",
  "Includes",
  "IncludesNOEXEC",
  "FollowSymLinks",
  "SymLinksIfOwnerMatch",
  "ExecCGI",
  "MultiViews",
] as const
export type Option = (typeof OPTIONS)[number]
export type Options = ReadonlySet<Option>

/** As one section writes it: `isWhole` replaces what was, otherwise it adds and removes (server/core.c `set_options`). */
export interface OptionsSetting {
  readonly isWhole: boolean
  readonly set: Options
  readonly added: Options
  readonly removed: Options
  readonly source: Source
}

/** Reads the words of one `Options` line on top of what the same section said before; or says what is wrong. */
export function readOptions(
  words: readonly string[],
  before: OptionsSetting | undefined,
  allowed: Options | "all",
  source: Source,
): OptionsSetting | string {
  const set = new Set(before?.set)
  const added = new Set(before?.added)
  const removed = new Set(before?.removed)
  let isWhole = before?.isWhole ?? false
  let isRelative = false
  for (const [at, word] of words.entries()) {
    const sign = word.startsWith("+") || word.startsWith("-") ? word.charAt(0) : ""
    if (sign !== "" && at > 0 && !isRelative && !isAllOrNone(words[0])) return MIXED
    if (sign === "" && isRelative) return MIXED
    if (sign !== "") isRelative = true
    else if (at === 0) {
      isWhole = true
      set.clear()
    }
    const named = namedBy(word.slice(sign.length), at === 0 && sign === "")
    if (named === undefined) return `Illegal option ${word}`
    const refused = named.find((it) => allowed !== "all" && !allowed.has(it))
    if (refused !== undefined) return `Option ${word.slice(sign.length)} not allowed here`
    for (const it of named) {
      if (sign === "-") {
        removed.add(it)
        added.delete(it)
        set.delete(it)
      } else {
        if (sign === "+") {
          added.add(it)
          removed.delete(it)
        }
        set.add(it)
      }
    }
  }
  return { isWhole, set, added, removed, source }
}

const MIXED = "Either all Options must start with + or -, or no Option may."

const isAllOrNone = (word: string | undefined): boolean => /^(all|none)$/i.test(word ?? "")

const ALL: readonly Option[] = OPTIONS.filter((it) => it !== "MultiViews" && it !== "SymLinksIfOwnerMatch")

/** `Includes` holds what `IncludesNOEXEC` holds, as they share a bit. */
function namedBy(word: string, isFirst: boolean): readonly Option[] | undefined {
  const key = word.toLowerCase()
  if (key === "none") return isFirst ? [] : undefined
  if (key === "all") return isFirst ? ALL : undefined
  if (key === "includes") return ["Includes", "IncludesNOEXEC"]
  const named = OPTIONS.find((it) => it.toLowerCase() === key)
  return named === undefined ? undefined : [named]
}

/** What a later section's options make of earlier ones (server/core.c `merge_core_dir_configs`). */
export function mergeOptions(before: OptionsSetting | undefined, after: OptionsSetting | undefined) {
  if (before === undefined || after === undefined || after.isWhole) return after ?? before
  const added = new Set([...[...before.added].filter((it) => !after.removed.has(it)), ...after.added])
  const removed = new Set([...[...before.removed].filter((it) => !after.added.has(it)), ...after.removed])
  const set = new Set([...[...before.set].filter((it) => !removed.has(it)), ...added])
  return { isWhole: before.isWhole, set, added, removed, source: after.source }
}

/** `FollowSymLinks` where nobody says anything (2.4). */
const INITIAL: Options = new Set<Option>(["FollowSymLinks"])

/** What is in force, by all sections merged. */
export function optionsOf(merged: OptionsSetting | undefined): Options {
  if (merged === undefined) return INITIAL
  if (merged.isWhole) return merged.set
  return new Set([...[...INITIAL].filter((it) => !merged.removed.has(it)), ...merged.added])
}
