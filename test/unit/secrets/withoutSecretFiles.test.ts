import { expect, test } from 'vitest';
import { SecretPathError } from '../../../src/core/errors/pathErrors.ts';
import { withoutSecretFiles } from '../../../src/core/secrets/withoutSecretFiles.ts';
import { MemoryTree } from '../../support/memoryTree.ts';

test('files for credentials cannot be read, not even through a link of another name', async () => {
  const files = new MemoryTree({ '.env': 'KEY=1', 'src/a.ts': 'a' });
  files.link('settings.txt', '.env');
  const tree = withoutSecretFiles(files);
  expect(new TextDecoder().decode(await tree.read('src/a.ts', 1e7))).toBe('a');
  await expect(tree.read('.env', 1e7)).rejects.toThrow(SecretPathError);
  await expect(tree.read('settings.txt', 1e7)).rejects.toThrow(SecretPathError);
  expect(files.reads).toEqual(['src/a.ts']);
});
