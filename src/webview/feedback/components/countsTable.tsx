import type { FeedbackState } from '../../../protocol/feedbackState.ts';
import { SeenText } from '../../shared/seenText.tsx';
import { interval, percent } from '../format.ts';
import { ScrollRegion } from './scrollRegion.tsx';

type Counts = FeedbackState['summary']['total'];

export interface CountsTableProps {
  readonly title: string;
  /** What the rows are. */
  readonly of: string;
  readonly groups: Readonly<Record<string, Counts>>;
}

/** One row for each group, those with the most suggestions first. */
export function CountsTable({ title, of, groups }: CountsTableProps) {
  const rows = Object.entries(groups).sort(
    ([nameA, a], [nameB, b]) => b.offered - a.offered || (nameA < nameB ? -1 : 1),
  );
  return (
    <ScrollRegion title={title}>
      <table>
        <thead>
          <tr>
            <th scope="col">{of}</th>
            {['Offered', 'Accepted', 'In part', 'Typed', 'Undone', 'Ignored'].map((name) => (
              <th key={name} scope="col" class="number">
                {name}
              </th>
            ))}
            <th scope="col">Acceptance</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, counts]) => (
            <Row key={name} name={name} counts={counts} />
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function Row({ name, counts }: { readonly name: string; readonly counts: Counts }) {
  const { offered, accepted, partial, typedThrough, undone, ignored, acceptance } = counts;
  return (
    <tr>
      <th scope="row">
        <SeenText text={name} isLine />
      </th>
      {Object.entries({ offered, accepted, partial, typedThrough, undone, ignored }).map(([key, count]) => (
        <td key={key} class="number">
          {count}
        </td>
      ))}
      <td>
        {percent(acceptance.count, acceptance.of)}
        {acceptance.of > 0 && <span class="muted"> ({interval(acceptance)})</span>}
      </td>
    </tr>
  );
}
