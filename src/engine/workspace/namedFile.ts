import { readRegularFile } from '../../adapters/durable/regularFile.ts';

/**
 * What a file holds that a person has named: also by a link, but no pipe and no device, as the name may lead into a folder
 * of somebody else.
 */
export function readNamedFile(file: string): Promise<Uint8Array> {
  return readRegularFile(file, { followsLink: true });
}
