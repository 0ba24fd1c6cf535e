import type { Guard } from "./rights.ts"
import type { Acl } from "./tree.ts"

// What chmod and setfacl make of an entry.

/** As chmod does: where there is an access control list, the bits of the group are its mask. */
export function withMode<G extends Pick<Guard, "mode" | "acl">>(entry: G, mode: number): G {
  const { acl } = entry
  if (acl === undefined || acl === "unknown") return { ...entry, mode }
  return { ...entry, mode, acl: { ...acl, mask: (mode >> 3) & 7 } }
}

/**
 * As `setfacl -m` does: the mask becomes all that the list grants to anyone, so that what it withheld before is granted too.
 * Undefined where what the list says was not given.
 */
export function withPermissions<G extends Pick<Guard, "mode" | "acl">>(
  entry: G,
  who: "user" | "group",
  id: number,
  permissions: number,
): G | undefined {
  if (entry.acl === "unknown") return undefined
  const { users, group, groups }: Omit<Acl, "mask"> = entry.acl ?? {
    users: new Map(),
    group: (entry.mode >> 3) & 7,
    groups: new Map(),
  }
  const named = { user: new Map(users), group: new Map(groups) }
  named[who].set(id, permissions)
  const mask = [...named.user.values(), ...named.group.values()].reduce((all, it) => all | it, group)
  const acl: Acl = { users: named.user, group, groups: named.group, mask }
  return { ...entry, acl, mode: (entry.mode & ~0o070) | (mask << 3) }
}
