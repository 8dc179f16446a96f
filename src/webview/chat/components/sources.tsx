import type { LocatedCitation } from '../../../core/ports/chatMessage.ts';
import { lineRange } from '../answer/citation.ts';

export interface SourcesProps {
  readonly citations: readonly LocatedCitation[];
  readonly open: (number: number) => void;
}

/** What an answer is based on, each a link to its lines. */
export function Sources({ citations, open }: SourcesProps) {
  const hasSeveralRoots = new Set(citations.map(({ root }) => root)).size > 1;
  return (
    <section class="sources" aria-label="Sources">
      <h2>{citations.length === 1 ? '1 source' : `${citations.length} sources`}</h2>
      <ul>
        {citations.map((citation) => (
          <li key={citation.number}>
            <button
              type="button"
              title={`${citation.path}:${lineRange(citation)}`}
              onClick={() => {
                open(citation.number);
              }}
            >
              <span class="number">{citation.number}</span>
              <span class="file">{lastPart(citation.path)}</span>
              <span class="folder">{shownFolder(citation, hasSeveralRoots)}</span>
              <span class="lines">
                <span class="unseen">lines </span>
                {lineRange(citation)}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The file's folder, below the name of its workspace folder where there are several. */
function shownFolder({ root, path }: LocatedCitation, withRoot: boolean): string {
  const folder = path.split('/').slice(0, -1);
  return (withRoot ? [lastPart(root), ...folder] : folder).join('/');
}

function lastPart(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
