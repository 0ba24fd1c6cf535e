import { kindOfLine } from "../../exhibits/classify.ts"
import type { Exhibit, Exhibits } from "../../exhibits/exhibits.ts"
import type { ConfigurationFiles, Installation } from "./installation.ts"

/** Configurations of one kind of server: whole ones that were read here, and pieces that were pasted. */
export interface Configurations {
  readonly whole: readonly ConfigurationFiles[]
  readonly pieces: readonly Exhibit[]
}

export function configurationsOf(
  kind: ConfigurationFiles["kind"],
  { of }: Exhibits,
  installation: Installation | undefined,
): Configurations {
  return {
    whole: (installation?.configurations ?? []).filter((it) => it.kind === kind),
    pieces: of.config.filter((it) => kindOf(it) === kind),
  }
}

const LOOKED_AT = 400

/** By most of its lines: pieces of both kinds have lines that could be either. */
function kindOf({ text }: Exhibit): ConfigurationFiles["kind"] | undefined {
  let nginx = 0
  let httpd = 0
  for (const line of text.split("\n", LOOKED_AT)) {
    const kind = kindOfLine(line)
    if (kind === "nginx configuration") nginx++
    else if (kind === "httpd configuration") httpd++
  }
  if (nginx === 0 && httpd === 0) return undefined
  return nginx >= httpd ? "nginx" : "httpd"
}
