import { answerCheck } from "../guardrails/answer-schema.ts"
import { FormFault } from "../models/form/fault.ts"
import { Place } from "../models/form/place.ts"
import type { JsonObject } from "../models/json.ts"
import type { ServedModels } from "../models/routing/served-models.ts"
import { expected, type InputForm, type InputValue, isOf, type PromptInput } from "../prompts/input.ts"
import type { Prompt, PromptOutput, PromptParameters, PublishedPrompt } from "../prompts/prompt.ts"
import { readInputs } from "../prompts/read-inputs.ts"
import { inputsOf, parseTemplate, type Template } from "../prompts/template.ts"
import { closest } from "../text/closest.ts"
import type { Document } from "../text/document.ts"
import type { ConfigFault } from "../text/fault.ts"
import type { Path } from "../text/path.ts"
import type { PromptSettings, PromptVersionSettings } from "./prompts-schema.ts"

/** Turns prompts as they are written into prompts that can be asked, and reports what never can. */
export function publishedPrompts(
  settings: Readonly<Record<string, PromptSettings>>,
  models: ServedModels,
  document: Document,
  faults: ConfigFault[],
): readonly PublishedPrompt[] {
  return Object.entries(settings).flatMap(([name, { version, versions, ...written }]): readonly PublishedPrompt[] => {
    const path = ["prompts", name]
    const read = new PromptReading(name, models, document, faults)
    const current = read.prompt(version, written, path)
    if (Object.hasOwn(versions, String(version)))
      read.fault([...path, "versions", String(version)], `version ${version} is the current one, and stands here again`)
    const others = Object.entries(versions).flatMap(
      ([number, it]) => read.prompt(Number(number), it, [...path, "versions", number]) ?? [],
    )
    if (current === undefined) return []
    return [{ name, current, versions: [...others, current].toSorted((a, b) => a.version - b.version) }]
  })
}

class PromptReading {
  readonly #name: string
  readonly #models: ServedModels
  readonly #document: Document
  readonly #faults: ConfigFault[]

  constructor(name: string, models: ServedModels, document: Document, faults: ConfigFault[]) {
    this.#name = name
    this.#models = models
    this.#document = document
    this.#faults = faults
  }

  fault(path: Path, message: string, more: Partial<Pick<ConfigFault, "severity" | "expected" | "hint">> = {}): void {
    this.#faults.push({ severity: "error", source: this.#document.sourceAt(path), message, ...more })
  }

  /** Undefined where it cannot be asked; why is told as faults. */
  prompt(version: number, it: PromptVersionSettings, path: Path): Prompt | undefined {
    const inputs = Object.entries(it.inputs).map(([name, written]) =>
      this.#input(name, written, [...path, "inputs", name]),
    )
    const names = new Set(Object.keys(it.inputs))
    const system = it.system === undefined ? undefined : this.#template(it.system, names, [...path, "system"])
    const user = this.#template(it.user, names, [...path, "user"])
    const output = this.#output(it.output, [...path, "output", "json-schema"])
    if (this.#models.find(it.model) === undefined) this.#unknownModel(it.model, [...path, "model"])
    if (user === undefined || output === undefined || (it.system !== undefined && system === undefined))
      return undefined
    this.#doubtful(inputs, system, user, path)
    for (const [i, test] of it.tests.entries()) this.#testInputs(test.inputs, inputs, [...path, "tests", i, "inputs"])
    return {
      name: this.#name,
      version,
      about: it.about,
      model: it.model,
      inputs,
      system,
      user,
      parameters: parametersOf(it.parameters),
      output,
      tests: it.tests.map(({ inputs: given, expect }) => ({
        inputs: given,
        expect: {
          ...expect,
          matches: expect.matches === undefined ? undefined : new RegExp(expect.matches, "u"),
        },
      })),
    }
  }

  #input(name: string, it: PromptVersionSettings["inputs"][string], path: Path): PromptInput {
    const form = formOf(it)
    if (it.default !== undefined && !isOf(it.default, form))
      this.fault([...path, "default"], "the default is not what the input may be", { expected: expected(form) })
    const fallback: InputValue | undefined = it.default
    return { name, about: it.about, form, fallback }
  }

  #template(text: string, names: ReadonlySet<string>, path: Path): Template | undefined {
    const template = parseTemplate(text, names)
    if (!("fault" in template)) return template
    this.fault(path, template.fault, {
      expected: "{{name}} or {{name:json}} with the name of an input; \\{{ writes two braces",
    })
    return undefined
  }

  /** A test that is refused for its inputs says nothing of the prompt. */
  #testInputs(given: JsonObject, inputs: readonly PromptInput[], path: Path): void {
    try {
      readInputs(inputs, new Place(given, "inputs"))
    } catch (error) {
      if (!(error instanceof FormFault)) throw error
      this.fault(path, error.message)
    }
  }

  #output(output: PromptVersionSettings["output"], path: Path): PromptOutput | undefined {
    if (output === "text") return { kind: "text" }
    const schema = output["json-schema"]
    try {
      return { kind: "json", schema, check: answerCheck(schema) }
    } catch (error) {
      this.fault(path, `this is no JSON Schema: ${error instanceof Error ? error.message : String(error)}`)
      return undefined
    }
  }

  #unknownModel(model: string, path: Path): void {
    const near = closest(model, this.#models.names)
    this.fault(path, `there is no model "${model}"`, near === undefined ? {} : { hint: `did you mean "${near}"?` })
  }

  /** What can be asked, and is hardly meant so. */
  #doubtful(inputs: readonly PromptInput[], system: Template | undefined, user: Template, path: Path): void {
    const told = system === undefined ? new Set<string>() : inputsOf(system)
    const asked = inputsOf(user)
    for (const { name, form } of inputs) {
      if (!told.has(name) && !asked.has(name))
        this.fault([...path, "inputs", name], `the input "${name}" stands in no template`, { severity: "warning" })
      if (told.has(name) && form.kind === "text")
        this.fault([...path, "system"], `callers write into the system prompt: "${name}" is any text`, {
          severity: "warning",
          hint: "move it to `user`, or let it be `one-of` some texts",
        })
    }
  }
}

function formOf(it: PromptVersionSettings["inputs"][string]): InputForm {
  if ("one-of" in it) return { kind: "one-of", values: it["one-of"] }
  switch (it.type) {
    case "string":
      return { kind: "text", min: it.min, max: it.max }
    case "boolean":
      return { kind: "boolean" }
    case "integer":
    case "number":
      return { kind: "number", isWhole: it.type === "integer", min: it.min, max: it.max }
  }
}

function parametersOf(it: PromptVersionSettings["parameters"]): PromptParameters {
  const { temperature, seed, stop, reasoning, "top-p": topP, "max-tokens": maxTokens } = it
  return {
    stop,
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { topP }),
    ...(maxTokens === undefined ? {} : { maxTokens }),
    ...(seed === undefined ? {} : { seed }),
    ...(reasoning === undefined ? {} : { effort: reasoning }),
  }
}
