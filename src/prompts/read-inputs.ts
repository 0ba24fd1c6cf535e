import { Place } from "../models/form/place.ts"
import { type InputValue, type PromptInput, readInput } from "./input.ts"

/** @throws FormFault for an input that is missing, not known, or not as it has to be. */
export function readInputs(inputs: readonly PromptInput[], place: Place): ReadonlyMap<string, InputValue> {
  const given = place.isAbsent ? {} : place.object()
  for (const name of Object.keys(given))
    if (!inputs.some((it) => it.name === name))
      throw place.at(name).fault(`absent: the inputs are ${inputs.map((it) => it.name).join(", ") || "none"}`)
  // Own members alone: an input may be named as something every object has.
  return new Map(
    inputs.map((it) => {
      const value = Object.hasOwn(given, it.name) ? place.at(it.name) : new Place(undefined, `inputs.${it.name}`)
      return [it.name, readInput(value, it)]
    }),
  )
}
