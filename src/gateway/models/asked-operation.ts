import { FormFault } from "../../models/form/fault.ts"
import { Losses } from "../../models/form/losses.ts"
import type { JsonObject } from "../../models/json.ts"
import { type Countable, countableOf } from "../../models/operations/countable.ts"
import { translationFor } from "../../models/operations/translation-for.ts"
import { modelAt } from "../../models/routing/served-models.ts"
import type { ServedModel, Target } from "../../models/routing/target.ts"
import { type Course, wayTo } from "../../models/routing/way.ts"

/** What is asked of a model that is no chat: which targets can be told it. */
export class AskedOperation {
  /** Of a request to count tokens that a target cannot be asked. */
  countable: Countable | undefined
  /** Why targets cannot be told it. */
  readonly #untold = new Map<Target, string>()

  /** What of it cannot be told to any target, in words; null where one can be. Targets that alone cannot are passed over. */
  read(body: JsonObject, course: Course, served: ServedModel, model: string): string | null {
    let isReachable = false
    for (const target of served.targets) {
      const way = wayTo(target, course)
      if (way === undefined) continue
      const fault = faultIn(() => {
        if (way.kind === "count") this.countable ??= countableOf(course.dialect, body, model)
        else
          translationFor(course.dialect, course.operation, target)?.write(
            body,
            modelAt(target, served, model),
            target.quirks,
            new Losses(),
          )
      })
      if (fault === null) isReachable = true
      else this.#untold.set(target, fault)
    }
    return isReachable ? null : (this.#untold.values().next().value ?? null)
  }

  /** Why a target cannot be told it, as far as it was read. */
  whyNot(target: Target): string | undefined {
    return this.#untold.get(target)
  }
}

/** What is wrong with a request, in words, where reading it shows that something is. */
export function faultIn(read: () => void): string | null {
  try {
    read()
    return null
  } catch (error) {
    if (error instanceof FormFault) return error.message
    throw error
  }
}
