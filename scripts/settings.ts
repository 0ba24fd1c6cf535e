import { z } from "zod"
import { SCHEMA } from "../src/config/schema.ts"
import { nouns } from "../src/text/noun.ts"

/** One setting as the documentation lists it. */
export interface Setting {
  /** `services.<name>.routes[].path` */
  readonly path: string
  readonly type: string
  readonly default: string
  readonly meaning: string
}

const NODE = z.object({
  type: z.string().optional(),
  noun: z.string().optional(),
  description: z.string().optional(),
  default: z.unknown().optional(),
  examples: z.array(z.unknown()).optional(),
  enum: z.array(z.string()).optional(),
  const: z.string().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  required: z.array(z.string()).default([]),
  get properties() {
    return z.record(z.string(), NODE).default({})
  },
  get additionalProperties() {
    return z.union([NODE, z.literal(false)]).optional()
  },
  get items() {
    return NODE.optional()
  },
  get anyOf() {
    return z.array(NODE).default([])
  },
})
type Node = z.output<typeof NODE>

/** All settings, in the order of the schema. A setting that says nothing of itself is a fault of the schema. */
export function settings(): readonly Setting[] {
  const schema = z.toJSONSchema(SCHEMA, {
    io: "input",
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => {
      const noun = nouns.get(zodSchema)?.noun
      if (noun !== undefined) Object.assign(jsonSchema, { noun })
    },
  })
  return merged([...inside(NODE.parse(schema), "")])
}

/** A setting that several forms of an entry have is told once, with all that it may be. */
function merged(all: readonly Setting[]): readonly Setting[] {
  const byPath = new Map<string, Setting>()
  for (const it of all) {
    const { type = it.type, ...rest } = byPath.get(it.path) ?? it
    const isTold = type.split(", ").some((one) => it.type === one) || type === it.type
    byPath.set(it.path, { ...rest, type: isTold ? type : `${type}, ${it.type}` })
  }
  return [...byPath.values()].filter((it) => !isRepeated(it, byPath))
}

/** What each entry of a mapping repeats of the settings that stand beside the mapping is told there alone. */
function isRepeated({ path, meaning }: Setting, byPath: ReadonlyMap<string, Setting>): boolean {
  return [...path.matchAll(/\.[a-z-]+\.<name>(?=\.)/g)].some(
    ({ 0: entry, index }) => byPath.get(path.slice(0, index) + path.slice(index + entry.length))?.meaning === meaning,
  )
}

function* inside(node: Node, path: string): Generator<Setting> {
  for (const [name, it] of Object.entries(node.properties)) {
    const at = path === "" ? name : `${path}.${name}`
    yield settingOf(at, it, node.required.includes(name))
    yield* below(it, at)
  }
}

function* below({ additionalProperties, items, ...node }: Node, path: string): Generator<Setting> {
  yield* inside({ ...node, additionalProperties, items }, path)
  if (additionalProperties) yield* below(additionalProperties, `${path}.<name>`)
  if (items !== undefined) yield* below(items, `${path}[]`)
  for (const form of node.anyOf) yield* below(form, path)
}

function settingOf(path: string, node: Node, isRequired: boolean): Setting {
  if (node.description === undefined) throw new Error(`${path} says nothing of itself: describe it in the schema`)
  const { default: value } = node
  const isEmpty =
    value === undefined ||
    value === "" ||
    (typeof value === "object" && value !== null && Object.keys(value).length === 0)
  const absent = isRequired ? "required" : "none"
  return { path, type: typeOf(node), default: isEmpty ? absent : code(value), meaning: node.description }
}

function typeOf({
  type,
  noun,
  enum: among,
  items,
  additionalProperties,
  anyOf,
  const: only,
  minimum,
  maximum,
  examples = [],
}: Node): string {
  if (noun !== undefined) return `${noun}, such as ${examples.map(code).join(", ")}`
  if (among !== undefined) return among.map(code).join(", ")
  if (only !== undefined) return code(only)
  if (anyOf.length > 0) return anyOf.map(typeOf).join(" or ")
  if (items !== undefined) return items.noun === undefined && !items.enum ? "list" : `list, each ${typeOf(items)}`
  if (additionalProperties) return "mapping by name"
  switch (type) {
    case "boolean":
      return "`true`, `false`"
    case "integer":
      return "whole number"
    case "number":
      return minimum === undefined && maximum === undefined
        ? "number"
        : `number from ${minimum ?? "any"} to ${maximum ?? "any"}`
    case "string":
      return "text"
    default:
      return "mapping"
  }
}

const code = (value: unknown): string => `\`${typeof value === "string" ? value : JSON.stringify(value)}\``
