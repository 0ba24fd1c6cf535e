/** What a model can do beside writing text. */
export const CAPABILITIES = [
  "vision",
  "audio",
  "documents",
  "tools",
  "json-schema",
  "reasoning",
  "embeddings",
  "rerank",
  "images",
  "speech",
  "transcription",
  "moderation",
] as const

export type Capability = (typeof CAPABILITIES)[number]

/** What models of a family can do, and how many tokens they write at most. */
export interface Family {
  readonly capabilities: readonly Capability[]
  readonly output?: number
}

const TEXT: readonly Capability[] = ["tools"]
const SCHEMA: readonly Capability[] = ["tools", "json-schema"]
const THINKING: readonly Capability[] = ["tools", "json-schema", "reasoning"]
const SEEING: readonly Capability[] = ["vision", "tools", "json-schema"]
const READING: readonly Capability[] = ["vision", "documents", "tools", "json-schema"]
const ALL: readonly Capability[] = ["vision", "documents", "tools", "json-schema", "reasoning"]
const OMNI: readonly Capability[] = ["vision", "audio", "documents", "tools", "json-schema"]

/**
 * Families by names of models, the first that matches; taken from the makers' pages of models. Serving providers call them
 * by many names (`us.anthropic.claude-...`, `accounts/fireworks/models/...`), so a pattern is looked for anywhere.
 */
const FAMILIES: readonly (readonly [name: RegExp, family: readonly Capability[], output?: number])[] = [
  // Not for chat.
  [/rerank/, ["rerank"]],
  [/embed|minilm|(?:^|[/.-])(?:bge|gte|e5)-|voyage-/, ["embeddings"]],
  [/gpt-oss-safeguard/, THINKING, 65_536],
  [/moderation|llama-guard|guardrail|shieldgemma|content-safety/, ["moderation"]],
  [/whisper|transcribe|voxtral-mini-transcribe|(?:^|\/)nova-[23](?!\S*(?:lite|pro))/, ["transcription"]],
  [/(?:^|[-/.])tts(?:$|[-.])|orpheus|kokoro|sonic/, ["speech"]],
  [/gemini.*image/, ["vision", "images"]],
  [
    /dall-e|gpt-image|chatgpt-image|imagen|flux|stable-diffusion|sdxl|grok.*(?:image|imagine)|seedream|qwen-image/,
    ["images"],
  ],
  // OpenAI: https://platform.openai.com/docs/models
  [/gpt-audio|gpt-realtime|gpt-4o.*(?:audio|realtime)/, ["audio", "tools"], 4_096],
  [/gpt-4o.*search/, SCHEMA, 16_384],
  [/gpt-oss/, THINKING],
  [/(?:^|[/.-])o1-(?:mini|preview)/, ["reasoning"], 65_536],
  [/(?:^|[/.-])o3-mini/, THINKING, 100_000],
  [/(?:^|[/.-])o[134](?:$|[-:.])/, ALL, 100_000],
  [/gpt-5.*chat/, READING, 16_384],
  [/gpt-5|(?:^|\/)codex-/, ALL, 128_000],
  [/gpt-4\.1/, READING, 32_768],
  [/gpt-4o-2024-05-13/, READING, 4_096],
  [/gpt-4o|chatgpt-4o/, READING, 16_384],
  [/gpt-4-(?:turbo-preview|1106|0125)/, TEXT, 4_096],
  [/gpt-4-(?:turbo|vision)/, ["vision", "tools"], 4_096],
  [/gpt-4/, TEXT, 8_192],
  [/gpt-3\.5.*instruct|davinci|babbage/, [], 4_096],
  [/gpt-3\.5|gpt-35/, TEXT, 4_096],
  // Anthropic: https://docs.anthropic.com/en/docs/about-claude/models; schemas since Claude 4.5 and Opus 4.1.
  [/claude-(?:2|v2|instant)/, [], 4_096],
  [/claude-3-(?:opus|sonnet|haiku)/, ["vision", "documents", "tools"], 4_096],
  [/claude-3[.-]5|claude-3\.5/, ["vision", "documents", "tools"], 8_192],
  [/claude-3[.-]7/, ["vision", "documents", "tools", "reasoning"], 64_000],
  [/claude-opus-4[.-]1/, ALL, 32_000],
  [/claude-opus-4(?:$|[-@:.]2|-0)/, ["vision", "documents", "tools", "reasoning"], 32_000],
  [/claude-(?:sonnet-4(?:$|[-@:.]2|-0))/, ["vision", "documents", "tools", "reasoning"], 64_000],
  [/claude-(?:(?:opus|sonnet|haiku)-4[.-]5|sonnet-4[.-]6)/, ALL, 64_000],
  [/claude/, ALL, 128_000],
  // Google: https://ai.google.dev/gemini-api/docs/models
  [/gemini-(?:1\.0|pro(?:$|-vision))/, TEXT, 2_048],
  [/gemini-(?:1\.5|2\.0|flash-1\.5|pro-1\.5)/, OMNI, 8_192],
  [/gemini.*live/, ["audio", "vision", "tools"], 8_192],
  [/gemini/, [...OMNI, "reasoning"], 65_536],
  [/gemma-?4/, ["vision", "tools", "json-schema", "reasoning"]],
  [/gemma-?3n/, []],
  [/gemma-?3/, ["vision"], 8_192],
  [/gemma/, [], 8_192],
  // Amazon: https://docs.aws.amazon.com/nova/latest/userguide/what-is-nova.html
  [/nova-micro/, TEXT, 5_120],
  [/nova-2/, ["vision", "documents", "tools", "reasoning"], 65_536],
  [/nova-(?:lite|pro|premier)/, ["vision", "documents", "tools"], 10_240],
  // xAI: https://docs.x.ai/docs/models
  [/grok-4[.-](?:20|[3-9]).*non-reasoning/, READING],
  [/grok-4[.-](?:20|[3-9])|grok-5|grok-build/, ALL],
  [/grok-code/, THINKING],
  [/grok-(?:2-vision|vision)/, ["vision"]],
  [/grok-4.*non-reasoning/, SEEING],
  [/grok-4/, ["vision", "tools", "json-schema", "reasoning"]],
  [/grok-3-mini/, THINKING],
  [/grok/, SCHEMA],
  // Mistral: https://docs.mistral.ai/getting-started/models
  [/ocr/, ["vision", "documents"]],
  [
    /magistral|mistral-(?:small-(?:2603|4|latest)|medium-(?:2604|3[.-]5))/,
    ["vision", "tools", "json-schema", "reasoning"],
  ],
  [/voxtral/, ["audio", "tools"]],
  [/pixtral|mistral-(?:medium|small-(?:3\.[12]|2503|2506))|mistral-large-(?:2512|3|latest)|ministral/, SEEING],
  [/mistral|mixtral|codestral|devstral/, SCHEMA],
  // Meta: https://www.llama.com/docs/overview
  [/llama-?4|llama-3\.2-(?:11b|90b)/, ["vision", "tools"]],
  [/llama-?3[.-]?[123]|llama3[-.][123]/, TEXT],
  [/llama/, []],
  // Others, by their makers' pages.
  [/sonar-deep-research|r1-1776/, ["json-schema", "reasoning"]],
  [/sonar.*reasoning/, ["vision", "json-schema", "reasoning"]],
  [/sonar/, ["vision", "json-schema"]],
  [/deepseek.*(?:r1|reasoner|v3[.-][12]|v4|chat)|deepseek-v[45]/, THINKING],
  [/deepseek/, TEXT],
  [/qwen-mt/, []],
  [/qwen.*coder/, SCHEMA],
  [/qwen-?3[.p-][567].*max/, THINKING],
  [/qvq|qwen-?3[.p-][567]|qwen-?3-vl.*thinking/, ["vision", "tools", "json-schema", "reasoning"]],
  [/qwen.*omni/, ["vision", "audio", "tools"]],
  [/qwen.*-?vl/, SEEING],
  [/qwq|qwen3.*thinking|qwen-?3(?!.*(?:instruct|2507|next|max))|qwen-(?:plus|flash|turbo)/, THINKING],
  [/qwen/, SCHEMA],
  [/kimi-k2[.p-][5-9]|kimi-k3|kimi-latest/, ["vision", "tools", "json-schema", "reasoning"]],
  [/kimi.*thinking/, THINKING],
  [/kimi|moonshot/, SCHEMA],
  [/glm-[\d.]+v/, ["vision", "tools", "reasoning"]],
  [/glm-(?:4\.[5-9]|4p[5-9]|[5-9]|z1)/, THINKING],
  [/glm/, TEXT],
  [/minimax-m3/, ["vision", "tools", "json-schema", "reasoning"]],
  [/minimax-m|minimax\/m/, ["tools", "reasoning"]],
  [/command-a-vision|aya-vision/, ["vision"]],
  [/command-a-plus/, ["vision", "tools", "json-schema", "reasoning"]],
  [/command-a-reasoning/, THINKING],
  [/phi-4|solar|step-|hermes|lfm|granite/, TEXT],
  [/mimo|seed-|palmyra/, THINKING],
  [/command/, SCHEMA],
  [/nemotron.*-vl|nemotron.*omni/, ["vision", "tools", "reasoning"]],
  [/nemotron/, THINKING],
  [/mercury/, THINKING],
  [/jamba/, TEXT],
]

/** What is known of a model by its name; a model of no known family is taken to write text and nothing more. */
export function familyOf(model: string): Family | undefined {
  const name = model.toLowerCase()
  const found = FAMILIES.find(([pattern]) => pattern.test(name))
  if (found === undefined) return undefined
  const [, capabilities, output] = found
  return output === undefined ? { capabilities } : { capabilities, output }
}
