import { readFileSync } from "node:fs"
import { shellWord } from "../servers/files/shell-word.ts"
import type { Patch } from "../servers/patch.ts"
import { visible } from "../text/excerpt.ts"
import type { Part } from "./audit-parts.ts"
import { unifiedDiff } from "./unified-diff.ts"

type TextPatch = Extract<Patch, { kind: "text" }>

/**
 * Every change that was tried, as a script of bash to be read and then run: commands for files, differences for `patch`.
 * Applies nothing. What a person has to decide stands there as a comment.
 */
export function fixes(parts: readonly Part[]): string {
  const lines = [
    "#!/usr/bin/env bash",
    "# Printed by `pinpoint audit --fix`, which changes nothing. Read it before you run it.",
  ]
  for (const part of parts) lines.push("", ...(part.kind === "root" ? commandsOf(part) : editsOf(part)))
  return `${lines.join("\n")}\n`
}

const comment = (text: string): string => `# ${visible(text)}`

function commandsOf({ findings, root }: Extract<Part, { kind: "root" }>): readonly string[] {
  return [
    comment(root),
    ...findings.flatMap(({ count, examples, name, why }) => {
      const written = examples.flatMap(({ change, path }) =>
        change === null ? [comment(`  ${path}`)] : [change.written],
      )
      const more =
        count > examples.length ? [comment(`  and ${count - examples.length} more: run this again afterwards`)] : []
      return [comment(`${name}: ${why}`), ...written, ...more]
    }),
  ]
}

function editsOf({ file, findings }: Exclude<Part, { kind: "root" }>): readonly string[] {
  const byFile = new Map<string, TextPatch[]>()
  const lines = [comment(file)]
  for (const { at, change, name } of findings) {
    if (change === null) continue
    lines.push(comment(`${name} at ${at.file}:${at.line ?? 1}: ${change.does}`))
    if (!change.isVerified) continue
    for (const patch of change.patches) {
      if (patch.kind !== "text") continue
      const known = byFile.get(patch.file)
      if (known === undefined) byFile.set(patch.file, [patch])
      else known.push(patch)
    }
  }
  for (const [path, patches] of byFile) lines.push(...editOf(path, patches))
  return lines
}

/** One difference for all changes of a file, so that none moves the lines of another. */
function editOf(path: string, patches: readonly TextPatch[]): readonly string[] {
  const text = textOf(path)
  const diff = text === undefined ? undefined : unifiedDiff(text, path, patches)
  if (diff === undefined) return [comment(`${path} is not here as it was read: edit it where it is`)]
  if (diff.some(hasHidden)) return [comment(`${path} holds what a terminal may act on: edit it by hand`)]
  const end = delimiterFor(diff)
  return [`patch -u ${shellWord(path)} <<'${end}'`, ...diff, end]
}

/** Undefined for what stands elsewhere, such as the files in an answer of `nginx -T`. */
function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8")
  } catch {
    return undefined
  }
}

/** Beyond tabs, and the line break that `diff` keeps. */
const hasHidden = (line: string): boolean => visible(line.replaceAll("\t", "")) !== line.replaceAll("\t", "")

/** A word that no line of the difference is. */
function delimiterFor(lines: readonly string[]): string {
  let word = "END"
  while (lines.includes(word)) word += "_"
  return word
}
