import { join } from "node:path"
import { type CaseFile, readCase } from "../src/causes/case-file.ts"

const folder = join(import.meta.dir, "../src/causes")
const shared = await Bun.file(join(folder, "example.yaml")).text()

/** The worked example of a cause. */
export async function caseOf(code: string): Promise<CaseFile> {
  return readCase(await Bun.file(join(folder, `${code}.case`)).text(), shared)
}
