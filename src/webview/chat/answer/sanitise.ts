import DOMPurify from 'dompurify';
import { markHidden } from '../../shared/hiddenCharacters.ts';

const TAGS =
  'a blockquote br button code del div em h1 h2 h3 h4 h5 h6 hr input li ol p pre span strong table tbody td th thead tr ul wbr';
const PLAIN_ATTRIBUTES =
  'align aria-label checked class data-citation data-copy data-insert disabled start tabindex title type'.split(
    ' ',
  );

/**
 * The DOM of a piece of HTML, reduced to what an answer may contain, with marks in the place of characters that are not
 * seen. The last line of defence, after escaping.
 */
export function sanitise(html: string): DocumentFragment {
  const content = DOMPurify.sanitize(html, {
    ALLOWED_TAGS: TAGS.split(' '),
    ALLOWED_ATTR: [...PLAIN_ATTRIBUTES, 'href'],
    ALLOWED_URI_REGEXP: /^(?:https?|mailto):/i,
    // Otherwise their values, too, would have to look like addresses.
    ADD_URI_SAFE_ATTR: PLAIN_ATTRIBUTES,
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    RETURN_DOM_FRAGMENT: true,
  });
  markHidden(content);
  return content;
}
