import { describe, expect, test } from "bun:test"
import { liveNames, liveReader } from "./live-names.ts"
import { Names } from "./names.ts"
import { isSame } from "./rights.ts"

const passwd = "root:x:0:0:root:/root:/bin/sh\nwww-data:x:33:33::/var/www:\nann:x:1000:100::/home/ann:/bin/sh\n"
const group = "root:x:0:\nwww-data:x:33:\nusers:x:100:\nvideo:x:44:ann,www-data\nsudo:x:27:ann\n"

describe("names", () => {
  test("make a reader of what passwd and group say", () => {
    const names = new Names({ passwd, group })
    expect(names.reader("ann")).toEqual({ user: 1000, group: 100, groups: [44, 27], isRoot: false })
    expect(names.reader("root")).toEqual({ user: 0, group: 0, groups: [], isRoot: true })
    expect(new Names({ passwd }).reader("ann")).toMatchObject({ user: 1000, group: 100, mayHaveMoreGroups: true })
    expect(names.showUser(33)).toBe("www-data")
    expect(names.showGroup(4711)).toBe("4711")
  })

  test("a name whose number nobody told is itself and no other, and perhaps any number", () => {
    const names = new Names()
    const [ann, bob] = [names.user("ann"), names.user("bob")]
    expect(isSame(ann, names.user("ann"))).toBe(true)
    expect(isSame(ann, bob)).toBe(false)
    expect(isSame(ann, 1000)).toBeUndefined()
    expect(isSame(ann, 0)).toBe(false)
    expect(names.showUser(ann)).toBe("ann")
    expect(names.user("1000")).toBe(1000)
  })

  test("users of servers' packages have a group of their name; of others none is taken for granted", () => {
    const names = new Names()
    expect(names.reader("www-data")).toMatchObject({ group: names.group("www-data"), mayHaveMoreGroups: true })
    expect(names.reader("nobody").group).not.toBe(names.group("nobody"))
  })

  test("lines that are none are passed over", () => {
    const names = new Names({ passwd: ":::\nx\nbad:x:-1:y\nann:x:99999999999:1\nok:x:7:8::", group: "g:x\n:x:1:\n" })
    expect(names.user("ok")).toBe(7)
    expect(names.user("ann")).toBeLessThan(0)
    expect(names.user("bad")).toBeLessThan(0)
  })

  test.skipIf(Bun.which("id") === null)("are this machine's where it is asked", () => {
    const [uid, gid] = [process.getuid?.(), process.getgid?.()]
    const reader = liveReader(String(uid), liveNames())
    expect(reader.user).toBe(uid ?? -1)
    expect(reader.group).toBe(gid ?? -1)
    expect(liveReader("root")).toMatchObject({ user: 0, group: 0, isRoot: true })
    expect(liveReader("--help").user).toBeLessThan(0)
  })
})
