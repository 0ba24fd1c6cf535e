/** One text of a configuration, by the name it is known by. */
export interface NginxText {
  readonly file: string
  readonly text: string
}

const HEAD = /^# configuration file (\/[^\n]{1,4096}):\r?$/gm

/** The files in the answer of `nginx -T`, the main one first; undefined where the text is no such answer. */
export function filesOfDump(text: string): readonly NginxText[] | undefined {
  const heads = [...text.matchAll(HEAD)]
  if (heads.length === 0) return undefined
  const seen = new Map<string, string>()
  heads.forEach((head, at) => {
    const start = head.index + head[0].length + 1
    const end = heads[at + 1]?.index ?? text.length
    const file = head[1] ?? ""
    if (!seen.has(file)) seen.set(file, text.slice(start, end))
  })
  return [...seen].map(([file, body]) => ({ file, text: body }))
}
