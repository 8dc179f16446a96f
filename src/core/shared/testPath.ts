const TEST_FOLDER =
  /(?:^|\/)(?:tests?|testing|__tests__|specs?|e2e|testdata|fixtures?|__mocks__|mocks|__snapshots__)\//i;
const TEST_NAME =
  /(?:^|[._-])(?:tests?|spec)[._-][^/]*$|(?:^|\/)(?:test_[^/]*|conftest)\.py$|[a-z](?:Tests?|Spec)\.\w+$/;

/** True for tests and what only tests use, by where a file lies and what it is called. */
export function isTestPath(path: string): boolean {
  return TEST_FOLDER.test(path) || TEST_NAME.test(path.slice(path.lastIndexOf('/') + 1));
}
