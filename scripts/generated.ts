import { join } from "node:path"

const root = join(import.meta.dir, "..")

/** JSON in ASCII alone, which is read fastest. */
export const asciiJson = (value: unknown): string =>
  JSON.stringify(value).replace(/[\u0080-\uffff]/g, (it) => `\\u${it.charCodeAt(0).toString(16).padStart(4, "0")}`)

/** Writes a generated file; with `--check` only tells, by the exit code, whether it is as it would be written. */
export async function generated(path: string, text: string): Promise<void> {
  const file = Bun.file(join(root, path))
  if (!process.argv.includes("--check")) {
    await Bun.write(file, text)
    return
  }
  if ((await file.exists()) && (await file.text()) === text) return
  console.error(`${path} is out of date: run \`npm run generate\``)
  process.exitCode = 1
}
