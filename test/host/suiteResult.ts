export interface TestResult {
  readonly title: string;
  readonly state: 'passed' | 'failed' | 'skipped';
  readonly durationMs: number;
  /** Message and stack of a failure. */
  readonly error?: string;
}

/** What the suite in the extension host reports to the runner outside. */
export interface SuiteResult {
  readonly tests: readonly TestResult[];
}
