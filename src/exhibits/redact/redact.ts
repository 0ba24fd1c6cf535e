import { commandSpans } from "./commands.ts"
import { directiveSpans } from "./directives.ts"
import { fieldSpans } from "./fields.ts"
import { pairSpans } from "./pairs.ts"
import { settingSpans } from "./settings.ts"
import { shapeSpans } from "./shapes.ts"
import { blotted, type Finder } from "./span.ts"

const FINDERS: readonly Finder[] = [commandSpans, fieldSpans, pairSpans, shapeSpans, directiveSpans, settingSpans]

/**
 * The text with credentials blotted out: each letter of one is `*`, so that every position stays what it was. Names,
 * scheme words, lengths, and that a value was empty or `null` stay, since a diagnosis needs them. Done before anything
 * is stored or printed.
 */
export function redact(text: string): string {
  return blotted(
    text,
    FINDERS.flatMap((find) => [...find(text)]),
  )
}
