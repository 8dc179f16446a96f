import type { Locality } from './matchSearch.ts';
import type { CorpusFile } from './corpusFile.ts';

/** How near a file is to `path`; undefined for that path itself, whose live text stands in for it. */
export function localitiesOf(path: string): (file: CorpusFile) => Locality | undefined {
  const folder = folderOf(path);
  const extension = extensionOf(path);
  const known = new Map<CorpusFile, Locality | undefined>();
  return (file) => {
    if (known.has(file)) return known.get(file);
    const locality = file.path === path ? undefined : near(file.path);
    known.set(file, locality);
    return locality;
  };
  function near(other: string): Locality {
    if (extensionOf(other) !== extension) return 0;
    return folderOf(other) === folder ? 2 : 1;
  }
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

function extensionOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}
