import type { FeedbackState } from '../../../protocol/feedbackState.ts';
import { counted, interval, percent } from '../format.ts';

type Counts = FeedbackState['summary']['total'];

/** The acceptance with its uncertainty, and what it is made of. */
export function Headline({ total }: { readonly total: Counts }) {
  const { acceptance, acceptanceOfSeen, offered } = total;
  const open = offered - acceptance.of;
  return (
    <section class="headline" aria-label="Acceptance">
      <p class="figure">
        <strong>{percent(acceptance.count, acceptance.of)}</strong>
        <span>
          accepted, whole or in part: {acceptance.count} of{' '}
          {counted(acceptance.of, 'suggestion whose end is known', 'suggestions whose end is known')}
        </span>
      </p>
      {acceptance.of > 0 && <IntervalBar acceptance={acceptance} />}
      {acceptanceOfSeen.of < acceptance.of && (
        <p class="muted">
          Without {counted(acceptance.of - acceptanceOfSeen.of, 'suggestion')} that went again before it could
          be read: {percent(acceptanceOfSeen.count, acceptanceOfSeen.of)}
        </p>
      )}
      <dl class="tiles">
        <Tile term="Offered" count={offered} hint={open === 0 ? '' : `${open} with no known end`} />
        <Tile term="Accepted" count={total.accepted} />
        <Tile term="In part" count={total.partial} />
        <Tile term="Typed" count={total.typedThrough} hint="by hand, as suggested" />
        <Tile term="Undone" count={total.undone} hint="right after accepting" />
        <Tile term="Ignored" count={total.ignored} hint="not a rejection" />
      </dl>
    </section>
  );
}

/** The scale from 0 to 100 %, the interval on it, and the share itself. */
function IntervalBar({ acceptance }: { readonly acceptance: Counts['acceptance'] }) {
  const { count, of, low, high } = acceptance;
  const share = (100 * count) / of;
  return (
    <div class="interval">
      <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
        <rect class="scale" x="0" y="4" width="100" height="2" />
        <rect class="range" x={100 * low} y="2" width={100 * (high - low)} height="6" />
        <line class="mark" x1={share} x2={share} y1="0" y2="10" />
      </svg>
      <p class="muted">95 % interval: {interval(acceptance)}</p>
    </div>
  );
}

function Tile({
  term,
  count,
  hint = '',
}: {
  readonly term: string;
  readonly count: number;
  readonly hint?: string;
}) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>
        {count.toLocaleString()}
        {hint !== '' && <span class="muted">{hint}</span>}
      </dd>
    </div>
  );
}
