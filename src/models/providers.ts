import { readFileSync } from "node:fs"
import type { Provider } from "./provider.ts"

let known: ReadonlyMap<string, Provider> | undefined

/** The providers of the files in `providers/`, from one file, read when the first is asked for. */
export function providers(): ReadonlyMap<string, Provider> {
  known ??= readProviders()
  return known
}

function readProviders(): ReadonlyMap<string, Provider> {
  const rows: readonly Provider[] = JSON.parse(
    readFileSync(new URL("./providers/packed.gen.txt", import.meta.url), "latin1"),
  )
  return new Map(rows.map((it) => [it.name, it]))
}
