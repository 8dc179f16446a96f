const MASK = '[secret]';

/** Private keys as PEM or OpenPGP armour, also when the text ends within one: base64 lines and headers belong to it. */
const PRIVATE_KEY =
  /-----BEGIN ([A-Z ]*PRIVATE KEY(?: BLOCK)?)-----(?:(?:\r?\n|\\n)[ \t]*(?:[A-Za-z0-9+/=]{4,}|[\w-]+: [^\n]*|)(?=\r?\n|\\n|-----|["'`]|$))*(?:(?:\r?\n|\\n)?[ \t]*-----END \1-----)?/g;
/** The end of one, and a line of it: of its rest, when the text begins within it. */
const PRIVATE_KEY_END = /^[ \t]*-----END [A-Z ]*PRIVATE KEY/gm;
const KEY_LINE = /^[ \t]*[A-Za-z0-9+/=]{16,}\r?$/;

/** Keys whose issuers gave them a form that is found easily, for this very purpose. */
const KNOWN_KEYS = [
  // OpenAI, Anthropic, OpenRouter
  'sk-(?:proj|ant|svcacct|admin|or)-[\\w-]{12,}',
  'sk-(?=[A-Za-z]*\\d)[A-Za-z0-9]{20,}',
  // Stripe
  '(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{10,}',
  'whsec_[A-Za-z0-9+/=]{16,}',
  // GitHub, GitLab
  'gh[opusr]_[A-Za-z0-9]{20,}',
  'github_pat_\\w{20,}',
  'gl(?:pat|ptt|dt|rt|cbt|soat)-[\\w-]{16,}',
  // npm, PyPI
  'npm_[A-Za-z0-9]{30,}',
  'pypi-[\\w-]{40,}',
  // Slack, Discord, Telegram
  'xox[abeoprs]-[\\w-]{10,}',
  'xapp-[\\w-]{20,}',
  '\\d{8,10}:AA[\\w-]{30,}',
  // Amazon, Google, Azure
  '(?:AKIA|ASIA)[A-Z0-9]{12,}',
  'AIza[\\w-]{30,}',
  'ya29\\.[\\w-]{16,}',
  'GOCSPX-[\\w-]{20,}',
  // JSON web tokens
  'eyJ[\\w-]{8,}\\.[\\w-]{8,}\\.[\\w-]*',
  // Services that hold other people's data
  'SG\\.[\\w-]{16,}\\.[\\w-]{16,}',
  'shp(?:at|ca|pa|ss)_[0-9a-fA-F]{24,}',
  'do[opr]_v1_[0-9a-f]{32,}',
  'SK[0-9a-f]{32}',
  'hf_[A-Za-z0-9]{30,}',
  'lin_api_[A-Za-z0-9]{30,}',
  'ntn_[A-Za-z0-9]{40,}',
  'dapi[0-9a-f]{32}',
  'hv[sbr]\\.[\\w-]{20,}',
  'ops_eyJ[\\w-]{40,}',
  'gl(?:sa|c)_[\\w-]{20,}',
];
const KNOWN_KEY = new RegExp(`(?<![A-Za-z0-9_])(?:${KNOWN_KEYS.join('|')})`, 'g');
const SLACK_HOOK = /(https:\/\/hooks\.slack\.com\/(?:services|workflows)\/)[\w/-]+/g;
/** `user:password@` of an address, unless the password is a placeholder. */
const URL_PASSWORD = /([a-z][a-z0-9+.-]{0,20}:\/\/[^\s:/@"'`]*:)(?![${<%*[])[^\s:/@"'`]{3,}(?=@)/gi;
const AUTHORIZATION = /\b((?:Bearer|Basic)\s+)(?=[\w.~+/=-]*\d)[\w.~+/=-]{16,}/g;

const NAMES =
  'api[_-]?key|access[_-]?key|(?:account|signing|encryption|private|shared|storage|master)[_-]?key|token|secret|passw(?:or)?d|passphrase|pwd|credentials?';
/** A quoted value without blanks that is given to something called a password, a token and the like. */
const NAMED_VALUE = new RegExp(`((?:${NAMES})["'\`]?\\s*[:=]\\s*["'\`])[^"'\`\\s]{8,}(?=["'\`])`, 'gi');
/** The same in files of settings such as `.env`, where values stand without quotes. */
const NAMED_LINE =
  /^([^\S\n]*(?:export[^\S\n]+)?(?=[A-Z0-9_]*(?:API_KEY|ACCESS_KEY|TOKEN|SECRET|PASSWORD))[A-Z0-9_]+[^\S\n]*=\s*)[^\s"'`]{8,}$/gm;
/**
 * And in properties, `.npmrc` and YAML: a word with digits inside, in YAML twice, as names of variables seldom have them.
 * The names are bounded, for every way to find one in a longer line would be tried.
 */
const DIGITS_INSIDE = '\\S*[A-Za-z]\\d+[A-Za-z-]';
const NAMED_WORD = new RegExp(
  `^([^\\S\\n]*(?:- )?[\\w./:-]{0,80}(?:${NAMES})[\\w-]{0,40}\\s*(?:=[^\\S\\n]*(?=${DIGITS_INSIDE})|:[^\\S\\n]+(?=${DIGITS_INSIDE}${DIGITS_INSIDE})))[^\\s"'\`(){},;]{8,}$`,
  'gim',
);
/** And in connection strings: what one consists of, and the part of it that begins one that is a secret. */
const PARTS = /(?<![^\s;"'`])[^\s;"'`]+(?=[;"'`])/g;
const NAMED_PART = /(?:password|pwd|accountkey|sharedaccesskey)=/i;
const NO_PROSE = /[\d!@#$%^&*]/;

/** The text without what looks like a key, a password or a token: applied to all that is sent to a model. */
export function redactSecrets(text: string): string {
  const whole = text.replace(
    PRIVATE_KEY,
    (_, kind: string) => `-----BEGIN ${kind}-----\n${MASK}\n-----END ${kind}-----`,
  );
  return withoutKeyEnds(whole)
    .replace(KNOWN_KEY, MASK)
    .replace(SLACK_HOOK, `$1${MASK}`)
    .replace(URL_PASSWORD, `$1${MASK}`)
    .replace(AUTHORIZATION, `$1${MASK}`)
    .replace(PARTS, withoutNamedPart)
    .replace(NAMED_VALUE, `$1${MASK}`)
    .replace(NAMED_LINE, `$1${MASK}`)
    .replace(NAMED_WORD, `$1${MASK}`);
}

/** Goes back from each end of a private key over the lines that are of it, each once. */
function withoutKeyEnds(text: string): string {
  const kept: string[] = [];
  let from = 0;
  for (const { index } of text.matchAll(PRIVATE_KEY_END)) {
    let start = index;
    while (start > from) {
      const before = text.lastIndexOf('\n', start - 2) + 1;
      if (before < from || !KEY_LINE.test(text.slice(before, start - 1))) break;
      start = before;
    }
    if (start === index) continue;
    kept.push(text.slice(from, start), MASK, '\n');
    from = index;
  }
  kept.push(text.slice(from));
  return kept.join('');
}

function withoutNamedPart(part: string): string {
  const named = NAMED_PART.exec(part);
  if (named === null) return part;
  const start = named.index + named[0].length;
  const value = part.slice(start);
  return value.length >= 8 && NO_PROSE.test(value) ? part.slice(0, start) + MASK : part;
}
