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
