import { bashCommand } from "./bash.ts"
import { cmdCommand } from "./cmd.ts"
import { powershellCommand } from "./powershell.ts"
import type { Command, Shell } from "./word.ts"

export function readCommand(shell: Shell, text: string, from: number): Command {
  switch (shell) {
    case "bash":
      return bashCommand(text, from)
    case "cmd":
      return cmdCommand(text, from)
    case "powershell":
      return powershellCommand(text, from)
  }
}
