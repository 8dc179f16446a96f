// @ts-check

/**
 * A table of Markdown; the first column is text, the others are numbers.
 *
 * @param {readonly string[]} head
 * @param {readonly (readonly string[])[]} rows
 */
export function markdownTable(head, rows) {
  const line = (/** @type {readonly string[]} */ cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, at) => (at === 0 ? '---' : '--:'))), ...rows.map(line)].join('\n');
}

/** @param {number} share */
export function percent(share) {
  return (100 * share).toFixed(1);
}

/** A score from 0 to 1 the way the literature writes it. @param {number} score */
export function score(score) {
  return score.toFixed(3).replace(/^0/, '');
}

/** @param {number} ms */
export function milliseconds(ms) {
  return ms >= 100 ? ms.toFixed(0) : ms >= 10 ? ms.toFixed(1) : ms.toFixed(2);
}

/** How many times as much; a dash where there is nothing to divide by. @param {number} ours @param {number} theirs */
export function times(ours, theirs) {
  return theirs === 0 ? '–' : `${(ours / theirs).toFixed(2)}×`;
}

/** @param {readonly number[]} values */
export function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

/** Names what was measured, with a mark for code our numbers were chosen on. @param {string} on @param {RegExp} seen */
export function marked(on, seen) {
  return seen.test(on) ? `${on} †` : on;
}

/**
 * Rows of means below a table, each row of it counting the same: over all, and over code that no number was chosen on.
 *
 * @template Row
 * @param {readonly Row[]} rows
 * @param {(row: Row) => boolean} isSeen
 * @param {(name: string, rows: readonly Row[]) => readonly string[]} meanRow
 */
export function meanRows(rows, isSeen, meanRow) {
  if (rows.length < 2) return [];
  const unseen = rows.filter((row) => !isSeen(row));
  const all = meanRow('mean of the rows', rows);
  return unseen.length === 0 || unseen.length === rows.length
    ? [all]
    : [all, meanRow('mean without †', unseen)];
}

/** Of the last column of tables with times. */
export const MACHINE_NOTE =
  'On a busy machine other programs were using the processors: such times are upper bounds, and the high percentiles say more about the machine than about the code.';
