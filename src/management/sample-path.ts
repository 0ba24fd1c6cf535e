import type { Pattern } from "../config/pattern.ts"

/** A path the pattern takes, with `filler` for every segment it leaves open. */
export const samplePath = ({ segments, open }: Pattern, filler = "1"): string =>
  `/${[...segments.map((it) => (it.kind === "text" ? encodeURIComponent(it.text) : filler)), ...(open ? [filler] : [])].join("/")}`
