import { endWith, Failure } from "./failure.ts"

/**
 * `diagnose --case FILE [--json]` and `diagnose --cases FILE`, as programs call them, one process for each case: done without
 * the whole command line, whose making takes as long as the reading of the case.
 */
function casesOnly([command, option, file, json, ...more]: readonly string[]) {
  if (command !== "diagnose" || file === undefined || more.length > 0 || (json !== undefined && json !== "--json"))
    return undefined
  if (option === "--case") return { case: file }
  return option === "--cases" ? { cases: file } : undefined
}

const cases = casesOnly(process.argv.slice(2))
if (cases === undefined) await (await import("./program.ts")).run()
else
  try {
    const { diagnoseCommand } = await import("./diagnose.ts")
    const isJson = process.argv.includes("--json")
    await diagnoseCommand([], { ...cases, json: isJson, markdown: false, send: false, allowUnsafe: false, budget: 0 })
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    endWith(error)
  }
