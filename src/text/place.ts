import { z } from "zod"
import { kindOf } from "./describe.ts"
import type { Document } from "./document.ts"
import { nouns } from "./noun.ts"
import type { Path } from "./path.ts"
import { type Schema, schemasAt } from "./schema-at.ts"
import { valueAt } from "./value-at.ts"

/** One place of a document and what schemas say about it. */
export class Place {
  readonly document: Document
  readonly path: Path
  readonly schemas: readonly Schema[]

  /** `schemas` are those that describe what stands at `at`; the place is `inside` that. */
  constructor(document: Document, schemas: readonly Schema[], at: Path, inside: Path) {
    this.document = document
    this.path = [...at, ...inside]
    this.schemas = schemasAt(schemas, valueAt(document.value, at), inside)
  }

  get value(): unknown {
    return valueAt(this.document.value, this.path)
  }

  /** The entry is not there, in a map that is. */
  get isMissing(): boolean {
    const above = valueAt(this.document.value, this.path.slice(0, -1))
    return this.value === undefined && this.path.length > 0 && typeof above === "object" && above !== null
  }

  get isSecret(): boolean {
    return this.document.isInterpolated(this.path)
  }

  /** The value as the file writes it, which names a variable instead of telling it. */
  get shown(): string {
    const written = this.document.textAt(this.path)
    if (written === undefined) return kindOf(this.value)
    const short = written.length > LONGEST_SHOWN ? `${written.slice(0, LONGEST_SHOWN)}…` : written
    return typeof this.value === "string" ? `"${short.replaceAll(/\s+/g, " ")}"` : short
  }

  /** The schema with a name of its own that refuses the value, so that the name says what is asked for. */
  refusedBy(): ReturnType<typeof nouns.get> {
    const schema = this.schemas.find((it) => nouns.get(it) !== undefined && !z.safeParse(it, this.value).success)
    return schema && nouns.get(schema)
  }

  /** The same place as one branch of its union sees it. */
  asBranch(schema: Schema): Place {
    return new Place(this.document, [schema], this.path, [])
  }
}

const LONGEST_SHOWN = 60
