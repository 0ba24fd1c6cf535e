import { type LineReader, lineReading } from "./reading.ts"

const NUMBER = /\bmsg=audit\((\d{1,12})\.(\d{3}):(\d{1,12})\)/
const DENIED = /\bavc:\s{1,3}denied\s{1,3}\{ ([a-z_ ]{1,200}) \}/
const FIELD = /\b(scontext|tcontext|tclass|comm|apparmor|operation)="?([^\s"]{1,300})/g

/** Denials of SELinux (`type=AVC`) and AppArmor in the kernel's audit log, also where the system's journal tells them. */
export const readAudit: LineReader = (line) => {
  const number = NUMBER.exec(line) ?? /\baudit\((\d{1,12})\.(\d{3}):(\d{1,12})\)/.exec(line)
  const denied = DENIED.exec(line)?.[1]
  const isAppArmor = line.includes('apparmor="DENIED"')
  if (number === null && denied === undefined && !isAppArmor) return undefined
  const fields = new Map(Array.from(line.matchAll(FIELD), ([, name = "", value = ""]) => [name, value]))
  const [, seconds, milliseconds, serial] = number ?? []
  return lineReading({
    format: "audit",
    time: number === null ? undefined : Number(seconds) * 1000 + Number(milliseconds),
    ids: new Map(number === null ? [] : [["audit", `${seconds}.${milliseconds}:${serial}`]]),
    codes: [
      ...(denied === undefined ? [] : ["avc denied", ...denied.split(" ")]),
      ...(isAppArmor ? ["apparmor denied", fields.get("operation") ?? ""] : []),
      fields.get("tclass") ?? "",
    ],
    message: line,
  })
}
