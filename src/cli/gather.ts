import { statSync } from "node:fs"
import type { ConfigurationFiles, Installation } from "../diagnosis/judges/installation.ts"
import { assemble, type Piece } from "../exhibits/assemble.ts"
import type { Exhibits, SeenRequest } from "../exhibits/exhibits.ts"
import { relevantLines } from "../exhibits/logs/relevant.ts"
import { redact } from "../exhibits/redact/redact.ts"
import { readRequest } from "../exhibits/request/read.ts"
import { splitPaste } from "../exhibits/split.ts"
import { readConfigurationAt } from "./configuration-files.ts"
import type { DiagnoseOptions } from "./diagnose.ts"
import { Failure } from "./failure.ts"
import { beginningOf } from "./read-file.ts"

/** What is read of one file that is no log. */
const MOST_READ = 32 * 1024 * 1024

interface Gathered {
  readonly exhibits: Exhibits
  readonly installation: Installation
  /** As it was given, with its credentials: for sending it to where they belong, and for nothing else. */
  readonly sendable: () => SeenRequest | undefined
}

/** What a person gave: arguments, files and standard input as exhibits, and what can be looked at on this machine. */
export async function gather(given: readonly string[], options: DiagnoseOptions): Promise<Gathered> {
  const pieces: Piece[] = []
  const configurations = (options.config ?? []).map(configurationAt)
  const isPiped =
    given.length === 0 && options.log === undefined && configurations.length === 0 && process.stdin.isTTY !== true
  for (const it of isPiped ? ["-"] : given) {
    if (isFolder(it)) configurations.push(configurationAt(it))
    else pieces.push(...piecesOf(it))
  }
  if (options.symptom !== undefined) pieces.unshift({ part: "symptom", from: "symptom", text: options.symptom })
  for (const path of options.log ?? []) pieces.push(await logAt(path))
  for (const path of options.listing ?? [])
    pieces.push({ part: "files", from: path, text: beginningOf(path, MOST_READ) })
  if (pieces.length === 0 && configurations.length === 0)
    throw new Failure(
      "There is nothing to diagnose. Give a curl command, an address, a HAR, an answer, a log or a configuration: as text, as a file, or on standard input.",
    )
  const { LiveTree } = await import("../servers/files/live-tree.ts")
  const looksHere = options.root !== undefined || (configurations.length > 0 && options.listing === undefined)
  return {
    exhibits: assemble(pieces),
    sendable: () => pieces.flatMap((it) => (it.part === "request" ? (readRequest(it.text).request ?? []) : []))[0],
    installation: {
      configurations,
      ...(looksHere ? { tree: new LiveTree(options.root === undefined ? {} : { root: options.root }) } : {}),
      ...(options.worker === undefined ? {} : { worker: options.worker }),
      ...(options.from === undefined ? {} : { client: options.from }),
    },
  }
}

/** Credentials in it are blotted out as in all else that is given: what a judge quotes of it is printed. */
function configurationAt(path: string): ConfigurationFiles {
  const { files, ...rest } = readConfigurationAt(path)
  return { ...rest, files: new Map([...files].map(([name, text]) => [name, redact(text)])) }
}

/** `-`, the name of a file, or text itself. */
function piecesOf(given: string): readonly Piece[] {
  if (given === "-") return splitPaste(beginningOf("-", MOST_READ), "paste")
  if (isFile(given)) return splitPaste(beginningOf(given, MOST_READ), given, given)
  if (/^[\w./-]{1,255}\.(?:har|json|txt|log|conf|xml|html)$/.test(given))
    throw new Failure(`There is no file ${given}.`)
  return splitPaste(given, "argument")
}

const isFile = (path: string): boolean => path.length < 4096 && !path.includes("\0") && stats(path)?.isFile() === true
const isFolder = (path: string): boolean =>
  path.length < 4096 && !path.includes("\0") && stats(path)?.isDirectory() === true

function stats(path: string) {
  try {
    return statSync(path, { throwIfNoEntry: false })
  } catch {
    // No name of a file, but text that looks like one to the kernel.
    return undefined
  }
}

/** Read as a stream: of a long log what could concern a refusal is kept. */
async function logAt(path: string): Promise<Piece> {
  if (!isFile(path)) throw new Failure(`${path} cannot be read: it is no file.`)
  try {
    const { text, lines } = await relevantLines(Bun.file(path).stream())
    return { part: "log", from: path, text, lines }
  } catch (error) {
    throw new Failure(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}
