/** The cells of the row of a Markdown table that begins with `name`, without that; `undefined` where there is none. */
export function tableRow(table: string, name: string): readonly string[] | undefined {
  const line = table.split('\n').find((each) => each.startsWith(`| ${name} |`));
  return line
    ?.split('|')
    .slice(2, -1)
    .map((cell) => cell.trim());
}
