import { mergeAuthorization } from "../access/authorization.ts"
import { mergeRewriting } from "../rewrite/rule.ts"
import { mergeOptions } from "./options.ts"
import type { Settings } from "./settings.ts"

/** What a later section makes of earlier ones, module by module (server/config.c `ap_merge_per_dir_configs`). */
export function merge(before: Settings, after: Settings): Settings {
  return {
    ...before,
    // What a module keeps without a rule for merging is replaced whole, as is all that is absent below.
    ...after,
    ...present({
      options: mergeOptions(before.options, after.options),
      authorization: mergeAuthorization(before.authorization, after.authorization),
      authentication: joined(before.authentication, after.authentication),
      rewriting: mergeRewriting(before.rewriting, after.rewriting),
      redirects: appended(after.redirects, before.redirects),
      errors: overlaid(before.errors, after.errors),
      handlers: overlaid(before.handlers, after.handlers),
      environment: appended(before.environment, after.environment),
      proxied: appended(after.proxied, before.proxied),
      outside: appended(before.outside, after.outside),
      files: appended(before.files, after.files),
      conditions: appended(before.conditions, after.conditions),
    }),
  }
}

/** All of one list and then all of the other; no new list where one suffices, so that it can be told by its identity. */
function appended<T>(first: readonly T[] | undefined, then: readonly T[] | undefined): readonly T[] | undefined {
  if (first === undefined || then === undefined) return first ?? then
  return [...first, ...then]
}

function overlaid<K, V>(
  before: ReadonlyMap<K, V> | undefined,
  after: ReadonlyMap<K, V> | undefined,
): ReadonlyMap<K, V> | undefined {
  if (before === undefined || after === undefined) return before ?? after
  return new Map([...before, ...after])
}

function joined<T extends object>(before: T | undefined, after: T | undefined): T | undefined {
  if (before === undefined || after === undefined) return before ?? after
  return { ...before, ...after }
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** Without what is undefined, which would hide what was before. */
function present<T extends object>(given: T): Present<T> {
  const kept: Present<T> = {}
  for (const key in given) {
    const value = given[key]
    if (isThere(value)) kept[key] = value
  }
  return kept
}

const isThere = <T>(value: T): value is Exclude<T, undefined> => value !== undefined
