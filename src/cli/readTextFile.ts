import { readNamedFile } from '../engine/workspace/namedFile.ts';
import { UsageError } from './usageError.ts';

/** The text of a UTF-8 file, without the byte order mark that some editors begin it with. Throws `UsageError`. */
export async function readTextFile(file: string): Promise<string> {
  const bytes = await readNamedFile(file).catch((error: unknown) => {
    throw new UsageError(`Cannot read ${file}. Check the path, and that it is a regular file.`, {
      cause: error,
    });
  });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new UsageError(`${file} is not UTF-8 text. Save it as such.`, { cause: error });
  }
}
