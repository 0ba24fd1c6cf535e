/** By the share of the query's words that a document has, best first. Source: Cohere's and Jina's rerank references. */
export function ranked(
  query: string,
  documents: readonly (string | { readonly text: string })[],
  top: number | undefined,
  areReturned: boolean,
) {
  const words = query.toLowerCase().split(/\W+/).filter(Boolean)
  const results = documents.map((it, index) => {
    const text = typeof it === "string" ? it : it.text
    const found = words.filter((word) => text.toLowerCase().includes(word)).length
    return { index, relevance_score: found / Math.max(words.length, 1), ...(areReturned && { document: { text } }) }
  })
  return results.sort((a, b) => b.relevance_score - a.relevance_score).slice(0, top ?? documents.length)
}
