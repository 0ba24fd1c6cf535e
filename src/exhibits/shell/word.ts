/** One word of a command line as the program gets it, and where it was written. */
export interface Word {
  readonly value: string
  readonly start: number
  readonly end: number
}

/** The words of one command, and where it ends. */
export interface Command {
  readonly words: readonly Word[]
  readonly end: number
}

export const SHELLS = ["bash", "cmd", "powershell"] as const
export type Shell = (typeof SHELLS)[number]

/** Which shell a command is written for, by its quoting and by how its lines go on. */
export function shellOf(text: string): Shell {
  // A caret before the first quotation mark of all, as within one it may be a letter of another shell's.
  if (/^[^"'\n]*\^"|\^[ \t]*\r?$/m.test(text)) return "cmd"
  return /`[ \t]*\r?$/m.test(text) || /^[ \t]*(?:PS [^>\n]{0,200}> ?)?curl\.exe\b/m.test(text) ? "powershell" : "bash"
}
