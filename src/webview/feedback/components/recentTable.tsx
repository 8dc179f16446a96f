import type { FeedbackState } from '../../../protocol/feedbackState.ts';
import { SeenText } from '../../shared/seenText.tsx';
import { shortTime } from '../format.ts';
import { ScrollRegion } from './scrollRegion.tsx';

type Recent = FeedbackState['summary']['recent'][number];

const outcomes: Readonly<Record<Recent['outcome'], string>> = {
  accepted: 'accepted',
  partial: 'accepted in part',
  'typed-through': 'typed by hand',
  undone: 'undone',
  ignored: 'ignored',
  pending: 'not known',
};

/** The newest suggestions, newest first. */
export function RecentTable({ recent }: { readonly recent: readonly Recent[] }) {
  return (
    <ScrollRegion title="Latest suggestions">
      <table>
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">Language</th>
            <th scope="col">Source</th>
            <th scope="col" class="number">
              Characters
            </th>
            <th scope="col">Outcome</th>
            <th scope="col">Last seen</th>
          </tr>
        </thead>
        <tbody>
          {recent.map((suggestion, index) => (
            <tr key={index}>
              <td>{shortTime(suggestion.at)}</td>
              <td>
                <SeenText text={suggestion.language} isLine />
              </td>
              <td>
                <SeenText text={suggestion.source} isLine />
              </td>
              <td class="number">{suggestion.length}</td>
              <td>{outcomes[suggestion.outcome]}</td>
              <td>{suggestion.survival ?? ''}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
