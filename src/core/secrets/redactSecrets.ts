import { manifestSecrets } from './manifestSecrets.ts';
import { passedSecrets } from './passedSecrets.ts';
import { placedSecrets } from './placedSecrets.ts';
import { tableSecrets } from './tableSecrets.ts';
import { isSecretValue } from './secretValue.ts';
import type { SecretSpan } from './valueAt.ts';

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
const SLACK_HOOK = /https:\/\/hooks\.slack\.com\/(?:services|workflows)\/([\w/-]+)/dg;
/** `user:password@` of an address. */
const URL_PASSWORD = /:\/\/[^\s:/@"'`]*:([^\s:/@"'`]{3,})(?=@)/dg;
/** `user:password@tcp(host)`, and a line of `.pgpass`: `host:port:database:user:password`. */
const OF_ACCOUNT =
  /["'`=][\w.-]{1,60}:([^\s:/@"'`]{3,100})@(?:tcp|unix|[\w.-]{1,80}:\d)|^(?:[\w.-]{1,100}|\*):(?:\d{2,5}|\*):[\w.*-]{1,60}:[\w.*-]{1,60}:([^\s:]{3,100})$/dgm;
const AUTHORIZATION = /\b(?:Bearer|Basic)\s+((?=[\w.~+/=-]*\d)[\w.~+/=-]{16,})/dg;
const GIVEN = [SLACK_HOOK, AUTHORIZATION];

/** The text without what looks like a key, a password or a token: applied to all that is sent to a model. */
export function redactSecrets(text: string): string {
  const whole = withoutKeyEnds(
    text.replace(PRIVATE_KEY, (_, kind: string) => `-----BEGIN ${kind}-----\n${MASK}\n-----END ${kind}-----`),
  );
  const kept: string[] = [];
  let from = 0;
  for (const { start, end } of secretSpans(whole)) {
    kept.push(whole.slice(from, start), MASK);
    from = end;
  }
  kept.push(whole.slice(from));
  return kept.join('');
}

/** Where a text holds secrets that are no private keys, in order and apart. */
export function secretSpans(text: string): readonly SecretSpan[] {
  const spans = [
    ...[...text.matchAll(KNOWN_KEY)].map(({ index, 0: { length } }) => ({
      start: index,
      end: index + length,
    })),
    ...GIVEN.flatMap((expression) => groupSpans(text, expression)),
    ...groupSpans(text, URL_PASSWORD).filter(({ start, end }) =>
      isSecretValue(text.slice(start, end), 'strong', false),
    ),
    ...placedSecrets(text),
    ...passedSecrets(text),
    ...manifestSecrets(text),
    ...tableSecrets(text),
    ...groupSpans(text, OF_ACCOUNT).filter(({ start, end }) =>
      isSecretValue(text.slice(start, end), 'strong', false),
    ),
  ].sort((a, b) => a.start - b.start || b.end - a.end);
  const apart: SecretSpan[] = [];
  for (const span of spans) {
    const last = apart.at(-1);
    if (last === undefined || span.start >= last.end) apart.push(span);
    else if (span.end > last.end) apart[apart.length - 1] = { start: last.start, end: span.end };
  }
  return apart;
}

function groupSpans(text: string, expression: RegExp): readonly SecretSpan[] {
  return [...text.matchAll(expression)].flatMap(({ indices }) => {
    const [start, end] = indices?.[1] ?? indices?.[2] ?? [0, 0];
    return end > start ? [{ start, end }] : [];
  });
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
