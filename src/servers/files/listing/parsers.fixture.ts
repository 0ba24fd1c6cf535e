import { readEntry, readReader } from "../entry-text.ts"
import { readMode } from "../mode-text.ts"
import { Names } from "../names.ts"
import { readListing } from "./listing.ts"

/** Every reader of foreign text here, for whoever throws text at them: none may throw, and time grows as the text does. */
export const FILE_PARSERS: readonly { readonly name: string; readonly parse: (text: string) => unknown }[] = [
  { name: "listing", parse: (text) => readListing(text, { from: "ls" }) },
  { name: "listing at a base", parse: (text) => readListing(text, { from: "ls", base: "/srv/www" }) },
  { name: "passwd and group", parse: (text) => new Names({ passwd: text, group: text }).reader("www-data") },
  { name: "mode", parse: readMode },
  { name: "line of an entry", parse: readEntry },
  { name: "line of a reader", parse: readReader },
]
