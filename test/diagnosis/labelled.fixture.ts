/** A case with the label people gave it. */
export interface LabelledCase {
  readonly id: string
  readonly symptom: string | null
  readonly evidence: Readonly<Record<string, unknown>>
  /** A code; those of other collections have dots for slashes. */
  readonly cause: string
}

export async function casesOf(path: string): Promise<readonly LabelledCase[]> {
  const lines = (await Bun.file(path).text()).split("\n").filter((it) => it.trim() !== "")
  return lines.map((it) => JSON.parse(it))
}
