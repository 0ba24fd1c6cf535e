import { expect } from "bun:test"
import type { Meter, Reading } from "./meter.ts"

export interface MeterStep {
  readonly act: "take" | "release" | "settle" | "peek"
  readonly partition: string
  readonly windowMs: number
  readonly limit: number
  readonly units: number
  /** Milliseconds before the step. */
  readonly wait: number
  /** Picks among what was taken and not yet given back. */
  readonly which: number
}

interface Taken {
  readonly partition: string
  readonly windowMs: number
  readonly at: number
  readonly window: Window
  units: number
}

interface Window {
  readonly start: number
  used: number
}

/** A meter as one would write it without threads, which knows the window of all that was taken by holding it. */
export class MeterModel {
  readonly #meter: Meter
  readonly #windows = new Map<string, Window>()
  #taken: Taken[] = []
  #now: number

  constructor(meter: Meter, now: number) {
    this.#meter = meter
    this.#now = now
  }

  agrees(steps: readonly MeterStep[]): void {
    for (const step of steps) {
      this.#now += step.wait
      if (step.act === "release") this.#release(step)
      else if (step.act === "settle") this.#settle(step)
      else if (step.act === "peek") this.#peek(step)
      else this.#take(step)
    }
  }

  #take({ partition, windowMs, limit, units }: MeterStep): void {
    const key = `${windowMs} ${partition}`
    const window = this.#window(key, windowMs) ?? { start: this.#now, used: 0 }
    const expected = this.#reading(window, windowMs, units)
    expect(this.#meter.take(partition, limit, windowMs, this.#now, units)).toEqual(expected)
    if (expected.used > limit) return
    window.used += units
    this.#windows.set(key, window)
    this.#taken.push({ partition, windowMs, at: this.#now, window, units })
  }

  #peek({ partition, windowMs, units }: MeterStep): void {
    const window = this.#window(`${windowMs} ${partition}`, windowMs) ?? { start: this.#now, used: 0 }
    expect(this.#meter.peek(partition, windowMs, this.#now, units)).toEqual(this.#reading(window, windowMs, units))
  }

  #release({ which }: MeterStep): void {
    const taken = this.#taken[which % Math.max(1, this.#taken.length)]
    if (taken === undefined) return
    this.#taken = this.#taken.filter((it) => it !== taken)
    taken.window.used -= taken.units
    this.#meter.release(taken.partition, taken.windowMs, taken.at, taken.units)
  }

  /** It turned out to be as many as the step says. */
  #settle({ which, units }: MeterStep): void {
    const taken = this.#taken[which % Math.max(1, this.#taken.length)]
    if (taken === undefined) return
    const more = units - taken.units
    taken.units = units
    taken.window.used += more
    this.#meter.settle(taken.partition, taken.windowMs, taken.at, more)
  }

  #window(key: string, windowMs: number): Window | undefined {
    const window = this.#windows.get(key)
    return window !== undefined && this.#now < window.start + windowMs ? window : undefined
  }

  #reading(window: Window, windowMs: number, units: number): Reading {
    return { used: window.used + units, resetsIn: window.start + windowMs - this.#now }
  }
}
