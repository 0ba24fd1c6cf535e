import { cause } from "../cause.ts"
import { seen } from "../seen.ts"

export const wirePathAmbiguous = cause({
  code: "wire/path-ambiguous",
  status: 400,
  title: "The path can be read in more than one way",
  why: "Dot segments and backslashes are resolved by some servers and kept by others, which is how rules on paths are walked around: `/public/../admin` is public here and admin there.",
  explain: ([it]) => `A path has no \`.\` and \`..\` segments and no backslashes, plain or encoded.${seen(it)}`,
  fix: [{ by: "caller", does: "Send the path without `.` and `..` segments and without backslashes" }],
})
