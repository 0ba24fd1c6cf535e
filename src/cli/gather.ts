import type { Site } from "../diagnosis/judges/site.ts"
import { assemble } from "../exhibits/assemble.ts"
import type { Exhibits } from "../exhibits/exhibits.ts"
import type { DiagnoseOptions } from "./diagnose.ts"

export async function gather(
  _given: readonly string[],
  _options: DiagnoseOptions,
): Promise<{ exhibits: Exhibits; site?: Site }> {
  return { exhibits: assemble([]) }
}
