/** An error and its causes, from the outside in. The members of an `AggregateError`, one a tried address, count as well. */
export function causesOf(error: unknown): readonly Error[] {
  const causes: Error[] = [];
  for (let next = error; next instanceof Error && !causes.includes(next); next = next.cause) {
    causes.push(next);
    if (!(next instanceof AggregateError)) continue;
    for (const each of next.errors) if (each instanceof Error) causes.push(each);
  }
  return causes;
}
