import { expect } from "bun:test"
import type { Meter, Reading } from "./meter.ts"

export interface MeterStep {
  readonly act: "take" | "release" | "peek"
  readonly partition: string
  readonly windowMs: number
  readonly limit: number
  /** Milliseconds before the step. */
  readonly wait: number
  /** Picks among the units not yet given back. */
  readonly which: number
}

interface Unit {
  readonly partition: string
  readonly windowMs: number
  readonly at: number
  readonly window: Window
}

interface Window {
  readonly start: number
  used: number
}

/** A meter as one would write it without threads, which knows each unit's window by holding it. */
export class MeterModel {
  readonly #meter: Meter
  readonly #windows = new Map<string, Window>()
  #units: Unit[] = []
  #now: number

  constructor(meter: Meter, now: number) {
    this.#meter = meter
    this.#now = now
  }

  agrees(steps: readonly MeterStep[]): void {
    for (const step of steps) {
      this.#now += step.wait
      if (step.act === "release") this.#release(step)
      else if (step.act === "peek") this.#peek(step)
      else this.#take(step)
    }
  }

  #take({ partition, windowMs, limit }: MeterStep): void {
    const key = `${windowMs} ${partition}`
    const window = this.#window(key, windowMs) ?? { start: this.#now, used: 0 }
    const expected = this.#reading(window, windowMs)
    expect(this.#meter.take(partition, limit, windowMs, this.#now)).toEqual(expected)
    if (expected.used > limit) return
    window.used++
    this.#windows.set(key, window)
    this.#units.push({ partition, windowMs, at: this.#now, window })
  }

  #peek({ partition, windowMs }: MeterStep): void {
    const window = this.#window(`${windowMs} ${partition}`, windowMs) ?? { start: this.#now, used: 0 }
    expect(this.#meter.peek(partition, windowMs, this.#now)).toEqual(this.#reading(window, windowMs))
  }

  #release({ which }: MeterStep): void {
    const unit = this.#units[which % Math.max(1, this.#units.length)]
    if (unit === undefined) return
    this.#units = this.#units.filter((it) => it !== unit)
    unit.window.used--
    this.#meter.release(unit.partition, unit.windowMs, unit.at)
  }

  #window(key: string, windowMs: number): Window | undefined {
    const window = this.#windows.get(key)
    return window !== undefined && this.#now < window.start + windowMs ? window : undefined
  }

  #reading(window: Window, windowMs: number): Reading {
    return { used: window.used + 1, resetsIn: window.start + windowMs - this.#now }
  }
}
