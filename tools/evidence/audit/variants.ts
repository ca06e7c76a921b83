import type { World } from '../../simulate/world';

/** The same world with one assumption changed. */
export interface Variant {
  name: string;
  /** How the world differs; its ordinary traffic is `volume` times as much. */
  of(world: World): World;
  volume: number;
}

/** No more codes can come back than messages arrive, and some people never type them. */
const MOST_CONVERSION = 0.97;
/** Zipf's law where a world says nothing. */
const USUAL_SKEW = 1;

function conversion(factor: number): Variant['of'] {
  return (world) => ({
    ...world,
    flows: Object.fromEntries(
      Object.entries(world.flows).map(([name, flow]) => [
        name,
        flow.conversion === undefined
          ? flow
          : { ...flow, conversion: Math.min(MOST_CONVERSION, flow.conversion * factor) },
      ]),
    ),
  });
}

function skew(factor: number): Variant['of'] {
  return (world) => ({ ...world, block_skew: (world.block_skew ?? USUAL_SKEW) * factor });
}

/** Three assumptions that nobody knows well, half less and half more. */
export const VARIANTS: readonly Variant[] = [
  { name: 'conversion −50 %', of: conversion(0.5), volume: 1 },
  { name: 'conversion +50 %', of: conversion(1.5), volume: 1 },
  { name: 'volume −50 %', of: (world) => world, volume: 0.5 },
  { name: 'volume +50 %', of: (world) => world, volume: 1.5 },
  { name: 'carrier skew −50 %', of: skew(0.5), volume: 1 },
  { name: 'carrier skew +50 %', of: skew(1.5), volume: 1 },
];
