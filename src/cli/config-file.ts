import { existsSync, readFileSync } from "node:fs"
import { relative, resolve } from "node:path"
import type { GatewayPlan } from "../config/gateway-plan.ts"
import { type Environment, loadConfig } from "../config/load.ts"
import { type ConfigFault, printFaults } from "../text/fault.ts"
import { Failure } from "./failure.ts"

export interface LoadedFile {
  readonly plan: GatewayPlan | undefined
  readonly faults: readonly ConfigFault[]
  readonly text: string
}

/** @throws Failure when there is no such file, or it cannot be read. */
export function loadFile(file: string, env: Environment = process.env): LoadedFile {
  if (!existsSync(file)) throw new Failure(`There is no file ${file}. Name the configuration with --config FILE.`)
  const text = readText(file)
  return { plan: undefined, ...loadConfig(text, shownName(file), env), text }
}

/** How places in a file are named: from here if it is below here, else whole. */
export function shownName(file: string): string {
  const from = relative(process.cwd(), resolve(file))
  return from.startsWith("..") ? resolve(file) : from
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8")
  } catch (error) {
    throw new Failure(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** The faults as text, and how many there are of each kind. */
export function toldFaults({ faults, text }: LoadedFile, color: boolean): string {
  if (faults.length === 0) return ""
  const errors = faults.filter(({ severity }) => severity === "error").length
  const counted = [count(errors, "error"), count(faults.length - errors, "warning")]
    .filter((it) => it !== "")
    .join(", ")
  return `${printFaults(faults, text, { color })}\n\n${counted}\n`
}

const count = (n: number, what: string): string => (n === 0 ? "" : `${n} ${what}${n === 1 ? "" : "s"}`)

/** The plan of a file. @throws Failure with all faults when there is none. */
export function planOf(file: string): GatewayPlan {
  const loaded = loadFile(file)
  if (loaded.plan === undefined) throw new Failure(toldFaults(loaded, process.stderr.isTTY === true).trimEnd())
  return loaded.plan
}
