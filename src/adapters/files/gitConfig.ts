/**
 * The value of `core.excludesFile` in the text of a git configuration file, the last one if there are several; see
 * https://git-scm.com/docs/git-config#_configuration_file
 */
export function excludesFileOf(config: string): string | undefined {
  let section = '';
  let found: string | undefined;
  for (const line of config.split(/\r?\n/)) {
    const head = /^\s*\[([^\]]*)\]/.exec(line);
    if (head) section = (head[1] ?? '').trim().toLowerCase();
    const value = /^\s*excludesfile\s*=\s*(.*)$/i.exec(line.replace(/^\s*\[[^\]]*\]/, ''))?.[1];
    if (section === 'core' && value !== undefined) found = unquoted(value);
  }
  return found;
}

/** Without quotes, escapes, a comment after it and blanks around it. */
function unquoted(value: string): string {
  let text = '';
  let isQuoted = false;
  for (let at = 0; at < value.length; at++) {
    const character = value[at] ?? '';
    if (character === '"') isQuoted = !isQuoted;
    else if (!isQuoted && /[#;]/.test(character)) break;
    else text += character === '\\' ? (value[++at] ?? '') : character;
  }
  return text.trim();
}
