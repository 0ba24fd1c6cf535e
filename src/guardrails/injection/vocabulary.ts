import { folded, undisguised } from "../terms/fold.ts"

/**
 * Kinds of words by which an attempt to take a model over is known, in the languages it is most often written in. Compared as
 * `folded` text, without case and marks; a word ending in `*` stands for all that begin so.
 */
const WORDS = {
  /** To have it not follow what it was told. */
  drop: `ignore ignores ignoring disregard disregarding forget overlook override overrides bypass skip discard neglect dismiss erase
    ignoriere ignorier ignorieren vergiss vergessen missachte umgehe uberschreibe ignora ignorar ignorad ignoren olvida olvide olvidate
    descarta omite ignorez ignorer oublie oubliez oublier contourne ignori dimentica dimenticare tralascia esqueca desconsidere ignorem
    negeer vergeet zignoruj zapomnij pomin yoksay unut ignoruj ignorera glom игнорируй игнорируйте проигнорируй забудь забудьте
    игноруй`,
  /** What it was told before. */
  before: `previous previously prior preceding above earlier former foregoing initial original existing all any every your
    vorherigen vorherige vorangegangenen bisherigen bisherige obigen obige fruheren alle allen deine deiner anteriores anterior previas
    previos precedentes precedente precedents anterieures anterieurs precedenti todas todos todo tes vos toutes tous tue tutte tutti
    vorige eerdere bovenstaande poprzednie wczesniejsze onceki predchozi tidigare предыдущие предыдущих предыдущую прежние все
    попередні`,
  /** What telling it is called. */
  orders: `instruction* directive* direction* prompt* guideline* guidance rules rule constraint* restriction* command* order orders
    context safeguards filters policy policies programming training anweisung* instruktion* regeln vorgaben befehle richtlinien
    instruccion* indicacion* reglas ordenes directrices consigne* regles directives istruzion* regole direttive instrucoes instrucao
    regras diretrizes instructies regels opdrachten instrukcje instrukcji polecenia zasady talimat* kurallari pokyny инструкци*
    указани* правила команды інструкції`,
  /** To have it tell. */
  reveal: `reveal print show repeat output display expose leak dump disclose tell give share list recite translate summarize quote
    zeige zeig verrate wiederhole gib nenne ausgeben muestra muestrame revela repite imprime dime affiche montre revele repete donne
    mostra rivela ripeti stampa mostre repita toon herhaal geef pokaz ujawnij powtorz goster tekrarla покажи выведи повтори раскрой`,
  /** What it was told by its operator. */
  hidden: `system initial hidden secret original confidential internal systemprompt sistema systeme systeem systemowy sistem систем*
    developer`,
  /** To be somebody else. */
  become: `pretend act roleplay behave simulate become imagine tu spiele verhalte handle finge actua comporte agis agissez fingi finja doe
    udawaj rol притворись`,
  /** Who follows no rules. */
  unbound: `unrestricted unfiltered uncensored unlimited jailbreak* jailbroken dan stan evil unethical amoral unaligned limitless
    uneingeschrankt* ungefiltert* sin restricciones limites illimite liberado`,
  /** Without what holds it back. */
  without: `without no free ohne sin sans senza sem zonder bez keine keinen none`,
  /** To send something elsewhere. */
  send: `send forward post exfiltrate email upload transmit append include embed sende schicke envia envoie invia`,
  /** What is worth stealing. */
  loot: `password* passwords credential* key keys token* secret* history conversation cookies environment env contacts inbox
    passworter zugangsdaten contrasena* motsdepasse`,
  /** That what was meant before is over. */
  now: `now instead new following henceforth onwards jetzt stattdessen neue neuen folgenden ahora nueva nuevas maintenant nouvelle nouvelles
    ora nuove agora novas nu nieuwe teraz nowe теперь новые новая`,
  /** Words of somebody who writes about it. */
  about: `attack attacks attacker attackers injection injections example examples phrase phrases such like called detect detection detects
    defend defense research researchers vulnerability vulnerabilities paper article blog documentation explain explains explained what
    how why guard guardrail guardrails classifier dataset owasp security mitigat* prevent angriff angriffe beispiel* ataque ataques
    ejemplo attaque attaques exemple`,
} as const

export type WordKind = keyof typeof WORDS

const KINDS = [
  "drop",
  "before",
  "orders",
  "reveal",
  "hidden",
  "become",
  "unbound",
  "without",
  "send",
  "loot",
  "now",
  "about",
] as const satisfies readonly WordKind[]

/** A set of kinds, as bits. */
export const bitOf = (kind: WordKind): number => 1 << KINDS.indexOf(kind)

/** Words as they are compared, by whether all of a word is told or how it begins. */
class Vocabulary {
  readonly #whole = new Map<string, number>()
  readonly #stems = new Map<string, number>()
  readonly #lengths: readonly number[]

  constructor() {
    for (const kind of KINDS)
      for (const word of WORDS[kind].split(/\s+/)) {
        const map = word.endsWith("*") ? this.#stems : this.#whole
        const key = folded(word.replace("*", ""))
        map.set(key, (map.get(key) ?? 0) | bitOf(kind))
      }
    this.#lengths = [...new Set([...this.#stems.keys()].map((it) => it.length))]
  }

  kindsOf(word: string): number {
    let kinds = this.#whole.get(word) ?? 0
    for (const length of this.#lengths) if (length <= word.length) kinds |= this.#stems.get(word.slice(0, length)) ?? 0
    return kinds
  }
}

let made: Vocabulary | undefined

/** The kinds of a folded word. The vocabulary is made when it is first asked for. */
export function kindsOf(word: string): number {
  made ??= new Vocabulary()
  const kinds = made.kindsOf(word)
  return kinds === 0 ? made.kindsOf(undisguised(word)) : kinds
}
