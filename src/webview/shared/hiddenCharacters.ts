import { codeOf, describeUnseen, hasUnseen, lineWithSigns, splitUnseen } from '../../core/text/unseen.ts';

/** What a mark shows of the characters it stands for, which it does not hold: what is copied from the page is without them. */
export interface HiddenMark {
  /** Drawn by the style sheet. */
  readonly code: string;
  /** For screen readers, and for who points at it. */
  readonly label: string;
}

export function hiddenMark(characters: string): HiddenMark {
  const label = describeUnseen(characters);
  const all = Array.from(characters);
  const code = codeOf(all[0] ?? '');
  return { code: all.length === 1 ? code : `${code} ×${all.length}`, label };
}

/** Marks cost more than text; after so many in one piece, signs made of text do. */
const MAX_MARKS = 500;

/** Puts a mark in the place of characters that are not seen, in texts; in labels, a sign. */
export function markHidden(root: DocumentFragment | Element): void {
  for (const element of root.querySelectorAll('[title], [aria-label]')) {
    for (const name of ['title', 'aria-label']) {
      const value = element.getAttribute(name);
      if (value !== null) element.setAttribute(name, lineWithSigns(value));
    }
  }
  if (!hasUnseen(root.textContent)) return;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode()) texts.push(walker.currentNode as Text);
  let marks = 0;
  for (const text of texts) {
    if (!hasUnseen(text.data)) continue;
    const pieces = splitUnseen(text.data).map(({ text: piece, isUnseen }) => {
      if (!isUnseen) return piece;
      return marks++ < MAX_MARKS ? markElement(hiddenMark(piece)) : lineWithSigns(piece);
    });
    const marked = document.createDocumentFragment();
    for (const piece of pieces) marked.append(piece);
    text.replaceWith(marked);
  }
}

function markElement({ code, label }: HiddenMark): HTMLElement {
  const mark = document.createElement('span');
  mark.className = 'hidden-character';
  mark.role = 'img';
  mark.dataset['code'] = code;
  mark.title = label;
  mark.ariaLabel = label;
  return mark;
}
