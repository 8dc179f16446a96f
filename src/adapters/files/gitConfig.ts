/**
 * The values of a setting in the text of a git configuration file, in their order; see
 * https://git-scm.com/docs/git-config#_configuration_file. A name alone is `true`.
 *
 * @param section without a subsection, in small letters, as is `name`
 */
export function configValues(config: string, section: string, name: string): readonly string[] {
  let current = '';
  const found: string[] = [];
  for (const line of config
    .replace(/^\ufeff/, '')
    .replace(/\\\r?\n/g, '')
    .split(/\r?\n/)) {
    const head = /^\s*\[([^\]]*)\]/.exec(line);
    if (head) current = (head[1] ?? '').trim().toLowerCase();
    if (current !== section) continue;
    const setting = /^\s*([a-z][a-z0-9-]*)\s*(?:=\s*(.*)|[#;].*)?$/i.exec(line.replace(/^\s*\[[^\]]*\]/, ''));
    if (setting?.[1]?.toLowerCase() === name)
      found.push(setting[2] === undefined ? 'true' : unquoted(setting[2]));
  }
  return found;
}

/** What git takes for a yes. */
export function isTrue(value: string | undefined): boolean {
  return /^(?:true|yes|on|-?0*[1-9]\d*[kmg]?)$/i.test(value ?? '');
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
