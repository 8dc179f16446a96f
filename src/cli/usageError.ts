/** The command line or an input file is wrong. Exit code 2. */
export class UsageError extends Error {
  readonly code = 'usage';
}
