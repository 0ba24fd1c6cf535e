import { cause } from "../../decision/cause.ts"

export const wirePathAmbiguous = cause({
  code: "wire/path-ambiguous",
  status: 400,
  title: "The path can be read in more than one way",
  explain: ([it]) =>
    `Dot segments and backslashes are read differently by different servers, which is how rules are walked around; so they are refused rather than guessed at. What came was ${it.observed ?? "such a path"}.`,
  fix: [{ by: "caller", does: "Send the path without `.` and `..` segments and without backslashes" }],
})
