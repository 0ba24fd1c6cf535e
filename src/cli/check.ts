import { faultsJson } from "../text/fault.ts"
import { loadFile, toldFaults } from "./config-file.ts"

/** `check`: everything that is wrong with a configuration, without starting anything. Exit code 1 for errors. */
export function check(file: string, { json }: { readonly json: boolean }): void {
  const loaded = loadFile(file)
  if (json) {
    const revision = loaded.plan === undefined ? {} : { revision: loaded.plan.revision }
    console.log(
      JSON.stringify({ ok: loaded.plan !== undefined, ...revision, faults: faultsJson(loaded.faults) }, null, 2),
    )
  } else {
    process.stderr.write(toldFaults(loaded, process.stderr.isTTY === true))
    if (loaded.plan !== undefined)
      console.log(`${file} is sound: plan ${loaded.plan.revision}, ${loaded.plan.plan.tracks.size} tracks`)
  }
  if (loaded.plan === undefined) process.exitCode = 1
}
