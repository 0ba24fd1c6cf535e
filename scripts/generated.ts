import { join } from "node:path"

const root = join(import.meta.dir, "..")

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
