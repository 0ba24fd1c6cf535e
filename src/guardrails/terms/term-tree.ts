import { folded } from "./fold.ts"

/** One character on the way to the end of terms. */
export interface TermNode {
  readonly next: Map<number, TermNode>
  /** A term ends here. */
  ends: boolean
}

const node = (): TermNode => ({ next: new Map(), ends: false })

/** Terms as a tree by their folded characters, so that thousands are looked for at once. */
export function termTree(terms: readonly string[]): TermNode {
  const root = node()
  for (const term of terms) {
    const text = folded(term)
    if (text === "") continue
    let at = root
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      const next = at.next.get(code) ?? node()
      at.next.set(code, next)
      at = next
    }
    at.ends = true
  }
  return root
}
