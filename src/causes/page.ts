/**
 * The page of a cause: the same text in the documentation, on the gateway and on the command line. Undefined for what is no
 * cause. The pages are read when the first is asked for, and not when the gateway starts.
 */
export async function pageOf(code: string): Promise<string | undefined> {
  const { PAGES } = await import("./pages.gen.ts")
  return PAGES.get(code)
}
