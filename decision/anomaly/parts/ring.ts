/** The last few values, oldest first. */
export function pushed(ring: readonly number[], value: number, capacity: number): number[] {
  const next = ring.length < capacity ? ring.slice() : ring.slice(1);
  next.push(value);
  return next;
}

export function meanOf(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** Population standard deviation. */
export function deviationOf(values: readonly number[], mean: number): number {
  let sum = 0;
  for (const value of values) sum += (value - mean) * (value - mean);
  return Math.sqrt(sum / values.length);
}
