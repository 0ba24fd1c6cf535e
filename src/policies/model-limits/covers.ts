import type { Relation } from "../../decision/relation.ts"
import { show, type Value } from "../../decision/value.ts"

const told = (value: Value | undefined, otherwise: string): string => (value === undefined ? otherwise : show(value))

/** A limit against what it would have to cover. Null is no limit. */
export const covers: Relation<number | null, number> = {
  name: "covers",
  holds: (limit, needed) => limit === null || needed <= limit,
  prepare: (needed) => (limit) => limit === null || needed <= limit,
  say: (limit, needed) => `${told(needed, "what it would come to")} is more than ${told(limit, "the limit")}`,
  offers: (limit, needed) => [{ observed: needed }, ...(limit === null ? [] : [{ required: limit }])],
}
