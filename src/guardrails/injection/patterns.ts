import type { InjectionSignal } from "./signals.ts"

/** What an attempt shows itself by, each with how much it speaks for one by itself, from 0 to 1. */
export interface Pattern {
  readonly signal: InjectionSignal
  readonly weight: number
  readonly pattern: RegExp
}

/**
 * Forms in the text as it is written. Bounded, without anything that may repeat inside what may repeat, as the text is the
 * attacker's.
 */
export const RAW_PATTERNS: readonly Pattern[] = [
  {
    signal: "role-marker",
    weight: 0.75,
    pattern:
      /<\|(?:im_start|im_end|system|user|assistant|endoftext|start_header_id|eot_id|end_of_turn)\|>|<(?:start_of_turn|end_of_turn)>|\[\/?INST\]|<<\/?SYS>>/i,
  },
  {
    signal: "role-marker",
    weight: 0.5,
    pattern:
      /(?:^|\n)[ \t#*]{0,8}(?:system|assistant|developer) ?(?:message|prompt|override|instructions?)?[ \t*]{0,4}:[ \t*]{0,4}(?:you|ignore|new|from|do|always|never|the user|override|reveal|please)\b/i,
  },
  {
    signal: "delimiter",
    weight: 0.55,
    pattern:
      /(?:#{3,8}|-{3,8}|={3,8}|\*{3,8}|<\/?|\[) ?(?:end of|end|begin|start of|start|new)? ?(?:of )?(?:the )?(?:system|user|developer|admin|hidden|new) ?(?:prompt|instructions?|message|input|query|override)s? ?(?:#{3,8}|-{3,8}|={3,8}|\*{3,8}|>|\])/i,
  },
  {
    signal: "hidden-text",
    weight: 0.8,
    // Tags (U+E0000), which nobody sees and models read.
    pattern: /(?:[\u{E0020}-\u{E007E}]){3}/u,
  },
  {
    signal: "hidden-text",
    weight: 0.35,
    pattern: /<!--[^>]{0,200}\b(?:ignore|instruction|assistant|system prompt|AI|LLM)\b/i,
  },
  {
    signal: "exfiltration",
    weight: 0.75,
    pattern:
      /!\[[^\]\n]{0,80}\]\(https?:\/\/[^)\s]{1,200}[?&][^)\s=]{1,40}=(?:\{|\[|<|%7b|data|secret|conversation|history)/i,
  },
  {
    signal: "override",
    weight: 0.85,
    pattern:
      /(?:忽略|无视|無視|忘记|忘掉|忘記)(?:之前|以上|先前|前面|上面|所有|你)[^。\n]{0,16}(?:指令|指示|提示|规则|規則|命令|说明)/,
  },
  {
    signal: "override",
    weight: 0.85,
    pattern:
      /(?:これまで|以前|上記|前|すべて|全て)の[^。\n]{0,12}(?:指示|命令|プロンプト|ルール|指令)[^。\n]{0,6}(?:無視|忘れ)/,
  },
  {
    signal: "override",
    weight: 0.85,
    pattern: /(?:이전|위의|앞의|모든)[^.\n]{0,12}(?:지시|명령|프롬프트|규칙)[^.\n]{0,8}(?:무시|잊)/,
  },
  { signal: "override", weight: 0.85, pattern: /(?:تجاهل|انس)[^.\n]{0,24}(?:التعليمات|الأوامر|الاوامر|القواعد)/ },
  {
    signal: "override",
    weight: 0.85,
    pattern: /(?:पिछले|पहले|सभी)[^।\n]{0,20}(?:निर्देश|आदेश)[^।\n]{0,20}(?:अनदेखा|भूल|नज़रअंदाज़)/,
  },
]

/** Phrases in folded text. */
export const FOLDED_PATTERNS: readonly Pattern[] = [
  {
    signal: "jailbreak",
    weight: 0.75,
    pattern:
      /\b(?:do anything now|developer mode (?:is )?(?:enabled|on|activated)|dan mode|god mode|jailbreak mode|sudo mode)\b/,
  },
  {
    signal: "jailbreak",
    weight: 0.6,
    pattern: /\byou (?:are|re) (?:now |no longer )(?:a |an |the |bound |in |going |dan|free|restricted|unrestricted)/,
  },
  {
    signal: "jailbreak",
    weight: 0.5,
    pattern:
      /\b(?:never|do not|don't|dont|must not|cannot) (?:refuse|decline|say no|reject|mention you are an ai|warn)\b/,
  },
  {
    signal: "exfiltration",
    weight: 0.75,
    pattern:
      /\b(?:everything|all (?:the )?text|the (?:text|words|content)) (?:above|before this|preceding)\b.{0,60}\b(?:verbatim|code block|word for word|exactly|starting)\b/,
  },
  {
    signal: "exfiltration",
    weight: 0.75,
    pattern:
      /\b(?:repeat|print|output|say|write|copy)\b.{0,30}\b(?:everything|all|the words|the text|the message|what is written) (?:above|before)\b/,
  },
  {
    signal: "tool-result",
    weight: 0.6,
    pattern:
      /\b(?:ai|llm|language model|assistant|agent|chatbot)s? (?:reading|processing|summarizing|parsing|viewing|reviewing) this\b/,
  },
  {
    signal: "tool-result",
    weight: 0.6,
    pattern:
      /\b(?:important|note|attention|message|instructions?)(?: message| notice| instructions?)? (?:to|for) (?:the |any |all )?(?:ai|llm|language model|assistant|agent|chatbot|gpt|claude)\b/,
  },
  {
    signal: "tool-result",
    weight: 0.5,
    pattern:
      /\b(?:do not|don't|never) (?:tell|inform|mention|reveal|alert|notify)\b.{0,24}\b(?:the )?(?:user|human|anyone|this)\b/,
  },
]
