import type { Reader } from "./tree.ts"

/** Where ids below zero, which stand for names without number, begin; `FRESH` and above are never given twice. */
const FIRST_SYMBOL = -2
const LARGEST_ID = 0xffff_fffe

/** Names never longer (Linux `LOGIN_NAME_MAX`), so that a listing cannot fill memory with them. */
const LONGEST_NAME = 256
const MOST_LINES = 50_000

/** Accounts that packages of servers make together with a group of the same name, as their first. */
const WITH_OWN_GROUP = new Set(["www-data", "nginx", "apache", "http", "httpd", "caddy", "haproxy", "www", "_www"])

export interface NameTexts {
  /** As /etc/passwd. */
  readonly passwd?: string
  /** As /etc/group. */
  readonly group?: string
}

interface Account {
  readonly user: number
  readonly group: number
}

/** Names of users and groups and their numbers, as far as somebody told; a name without one is given a number below zero. */
export class Names {
  readonly #users = new Table()
  readonly #groups = new Table()
  readonly #accounts = new Map<string, Account>()
  readonly #members = new Map<string, number[]>()
  /** Whether all groups were told, so that a user is in no other than those that name them. */
  readonly #isGroupFileKnown: boolean
  #fresh = FIRST_SYMBOL

  constructor({ passwd = "", group = "" }: NameTexts = {}) {
    this.#isGroupFileKnown = group.trim() !== ""
    this.#users.know("root", 0)
    this.#groups.know("root", 0)
    for (const [name, , user, first] of fieldsOf(passwd)) this.#knowAccount(name, numberOf(user), numberOf(first))
    for (const [name, , id, members = ""] of fieldsOf(group)) this.#knowGroup(name, numberOf(id), members)
  }

  /** A number is its own name. */
  user(name: string): number {
    return this.#users.idOf(name) ?? this.#users.know(name, this.#fresh--)
  }

  group(name: string): number {
    return this.#groups.idOf(name) ?? this.#groups.know(name, this.#fresh--)
  }

  /** As `id` and namei with numbers tell them together: `33(www-data)`. */
  knowUser(name: string, id: number): void {
    this.#users.know(name, id)
  }

  knowGroup(name: string, id: number): void {
    this.#groups.know(name, id)
  }

  /** Its name, or its number where none is known. */
  showUser(id: number | "unknown"): string {
    return this.#users.show(id)
  }

  showGroup(id: number | "unknown"): string {
    return this.#groups.show(id)
  }

  /** Who a user is when they read, as far as it was told. */
  reader(name: string): Reader {
    const user = this.user(name)
    const account = this.#accounts.get(name)
    const groups = this.#members.get(name) ?? []
    if (account !== undefined)
      return {
        user,
        group: account.group,
        groups,
        isRoot: user === 0,
        ...(this.#isGroupFileKnown ? {} : { mayHaveMoreGroups: true }),
      }
    const group = user === 0 ? 0 : WITH_OWN_GROUP.has(name) ? this.group(name) : this.#fresh--
    return { user, group, groups, isRoot: user === 0, mayHaveMoreGroups: user !== 0 }
  }

  #knowAccount(name: string, user: number | undefined, group: number | undefined): void {
    if (user === undefined || group === undefined) return
    this.#users.know(name, user)
    this.#accounts.set(name, { user, group })
  }

  #knowGroup(name: string, id: number | undefined, members: string): void {
    if (id === undefined) return
    this.#groups.know(name, id)
    for (const member of members.split(",")) {
      if (member === "") continue
      const known = this.#members.get(member)
      if (known === undefined) this.#members.set(member, [id])
      else known.push(id)
    }
  }
}

class Table {
  readonly #ids = new Map<string, number>()
  readonly #names = new Map<number, string>()

  idOf(name: string): number | undefined {
    return this.#ids.get(name) ?? numberOf(name)
  }

  know(name: string, id: number): number {
    if (name.length <= LONGEST_NAME && !this.#ids.has(name)) this.#ids.set(name, id)
    if (!this.#names.has(id)) this.#names.set(id, name)
    return id
  }

  show(id: number | "unknown"): string {
    return id === "unknown" ? "?" : (this.#names.get(id) ?? String(id))
  }
}

const fieldsOf = (text: string): readonly (readonly [name: string, ...others: string[]])[] =>
  text
    .split("\n", MOST_LINES)
    .map((line) => line.trim().split(":"))
    .flatMap(([name = "", ...others]) => (name === "" || others.length < 2 ? [] : [[name, ...others] as const]))

export function numberOf(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{1,10}$/.test(text)) return undefined
  const id = Number(text)
  return id <= LARGEST_ID ? id : undefined
}
