// @ts-check
/** A failure whose message is all a person needs: it says what to do and is shown without a stack. */
export class SetupError extends Error {
  code = 'setup-failed';
}

/**
 * Runs a script's main function; exits 1 with a plain message when it fails.
 *
 * @param {() => Promise<number | void>} main resolves to the exit code; none means 0
 */
export async function runScript(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    console.error(error instanceof SetupError ? `\n${error.message}` : error);
    process.exitCode = 1;
  }
}
