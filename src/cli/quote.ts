import { readFileSync, statSync } from "node:fs"
import type { Written } from "../management/replayed.ts"
import { type Document, readDocument } from "../text/document.ts"
import { excerpt } from "../text/excerpt.ts"
import { type Path, parsePath } from "../text/path.ts"
import { valueAt } from "../text/value-at.ts"
import type { Style } from "./style.ts"

/** The line something was written on, with its place marked; nothing where the file does not hold it any more. */
export function quote({ source, value }: Written, since: number, style: Style): readonly string[] {
  const text = textOf(source.file)
  if (text === undefined || source.line === undefined) return []
  const path = parsePath(source.path)
  const document = readDocument(text, source.file, {})
  const isUntouched = statSync(source.file).mtimeMs < since
  if (!isUntouched && !Bun.deepEquals(valueAt(document.value, path), value)) return []
  const { line = source.line, column = 1 } = document.sourceAt(path)
  const written = text.split(/\r?\n/)[line - 1]
  if (written === undefined || tellsSecret(written, document)) return []
  const { shown, caretAt } = excerpt(written, column)
  const gutter = String(line)
  return [
    `${style.dim(`${gutter} |`)} ${shown}`,
    `${style.dim(`${" ".repeat(gutter.length)} |`)} ${" ".repeat(caretAt)}${style.bad("^")}`,
  ]
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8")
  } catch (error) {
    // Gone, or not named from here: the place is told, and nothing is quoted.
    if (error instanceof Error) return undefined
    throw error
  }
}

/** A key written out rather than taken from the environment must not get into what people paste into tickets. */
function tellsSecret(line: string, { value }: Document): boolean {
  const secrets = [...entries(value, ["keys"]), ...entries(value, ["providers"])]
    .map((it) => valueAt(it, ["key"]))
    .filter((it) => typeof it === "string")
  return secrets.some((it) => it.length >= SHORTEST_SECRET && line.includes(it))
}
const SHORTEST_SECRET = 8

function entries(value: unknown, path: Path): readonly unknown[] {
  const found = valueAt(value, path)
  return typeof found === "object" && found !== null ? Object.values(found) : []
}
