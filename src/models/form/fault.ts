/** A request, or a provider's answer, that is not what its wire format says. Tells the place and what is expected there. */
export class FormFault extends Error {
  override readonly name = "FormFault"
  /** As JavaScript would write it: `messages[2].content[0].type`. */
  readonly path: string
  readonly expected: string

  constructor(path: string, expected: string) {
    super(`${path === "" ? "the body" : path} must be ${expected}`)
    this.path = path
    this.expected = expected
  }
}
