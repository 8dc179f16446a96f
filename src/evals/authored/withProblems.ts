const MAX_TOLD = 5;

/** A suite's remark with what could not be read of the cases that people wrote. */
export function withProblems(remark: string | null, problems: readonly string[]): string | null {
  if (problems.length === 0) return remark;
  const more = problems.length > MAX_TOLD ? ` And ${problems.length - MAX_TOLD} more.` : '';
  const told = `Some written cases were left out. ${problems.slice(0, MAX_TOLD).join(' ')}${more}`;
  return remark === null ? told : `${remark} ${told}`;
}
