import type { Need } from "../../judgement.ts"

/** Thrown while a request is judged, and caught by the judge alone, where something decisive was not given or not modelled. */
export class Unknowable extends Error {
  readonly need: Need

  constructor(need: Need) {
    super(need.what)
    this.need = need
  }
}
