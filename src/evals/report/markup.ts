/** A piece of HTML in which everything from outside is escaped. Only `markup` makes one. */
export class Markup {
  readonly html: string;

  constructor(html: string) {
    this.html = html;
  }
}

/** `null` gives nothing; lists are joined. */
export type MarkupPart = string | number | null | Markup | readonly MarkupPart[];

/**
 * A template whose literal parts are HTML and whose values are text or markup made the same way. Line breaks in it
 * lose their indentation.
 */
export function markup(literals: TemplateStringsArray, ...parts: readonly MarkupPart[]): Markup {
  return new Markup(
    literals.map((literal, at) => literal.replace(/\n\s+/g, '\n') + htmlOf(parts[at] ?? null)).join(''),
  );
}

function htmlOf(part: MarkupPart): string {
  if (part === null) return '';
  if (part instanceof Markup) return part.html;
  if (typeof part === 'object') return part.map(htmlOf).join('');
  return escapeHtml(String(part));
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Safe as text and within quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}
