import fc from "fast-check"

/** Addresses close together, so that networks meet, and some from anywhere; IPv4 inside IPv6 among them. */
export const anyAddress = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 40 }).map((it) => `10.0.0.${it}`) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 40 }).map((it) => `2001:db8::${it.toString(16)}`) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 40 }).map((it) => `::ffff:10.0.0.${it}`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom("0.0.0.0", "255.255.255.255", "::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
  },
  { weight: 1, arbitrary: fc.ipV4() },
)

/** Networks as configurations write them. */
export const anyNetwork = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 24, max: 32 }))
      .map(([it, bits]) => `10.0.0.${it}/${bits}`),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 118, max: 128 }))
      .map(([it, bits]) => `2001:db8::${it.toString(16)}/${bits}`),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "0.0.0.0/0",
      "0.0.0.0/1",
      "128.0.0.0/1",
      "::/0",
      "::ffff:0:0/96",
      "::ffff:10.0.0.0/120",
      "10.0.0.7",
    ),
  },
)
