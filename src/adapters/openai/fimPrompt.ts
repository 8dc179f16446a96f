import type { FillRequest } from '../../core/ports/models.ts';
import type { FimMarks } from './fimMarks.ts';

/** The prompt with which a model fills in the middle. Context is left out for models that know only one file. */
export function fimPrompt(request: FillRequest, marks: FimMarks): string {
  const prefix = withoutMarks(request.prefix, marks);
  const suffix = withoutMarks(request.suffix, marks);
  const [first, second] = marks.suffixFirst ? [suffix, prefix] : [prefix, suffix];
  return `${otherFiles(request, marks)}${marks.before}${first}${marks.between}${second}${marks.after}`;
}

function otherFiles({ context, path }: FillRequest, marks: FimMarks): string {
  const { file } = marks;
  if (file === undefined || context.length === 0) return '';
  const others = context.map((each) => `${file}${each.path}\n${withoutMarks(each.text, marks)}\n`);
  return `${others.join('')}${file}${path}\n`;
}

/** Code that happens to hold a mark, like a file about prompts, would end the prompt early. */
function withoutMarks(text: string, marks: FimMarks): string {
  const shorter = marks.stops.reduce((rest, mark) => rest.replaceAll(mark, ''), text);
  // What was around a mark may have become one.
  return shorter === text ? text : withoutMarks(shorter, marks);
}
