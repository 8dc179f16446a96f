const MAX_LENGTH = 400;
/** Of what is looked at: a message may be megabytes. */
const MAX_READ = 20_000;

/** Things that look like keys, whoever they belong to: providers like to quote a part of what they were sent. */
const KEY_LIKE = /\b((sk|pk|gsk|xai|hf|key|Bearer)[-_ ][\w*.-]{6,}|AIza[\w*.-]{6,})/gi;

const MASK = '[secret]';
/** Shorter values of headers, such as a version, are no secrets and would take whole words apart. */
const MIN_SECRET = 4;
/** Characters at its beginning, and at its end behind a mask, that give a secret away. */
const TELLING_START = 6;
const TELLING_END = 4;

/** What a provider said, fit for a message: one line, not too long, and without any secret or part of one. */
export function providerMessage(text: string, secrets: readonly string[]): string {
  let message = text.slice(0, MAX_READ);
  for (const secret of secrets) {
    if (secret.length < MIN_SECRET) continue;
    for (const form of formsOf(secret)) message = message.replaceAll(form, MASK);
    message = message.replace(/\S+/g, (word) => (isPartOf(word, secret) ? MASK : word));
  }
  message = message.replace(KEY_LIKE, MASK).replace(/\s+/g, ' ').trim();
  return message.length > MAX_LENGTH ? `${message.slice(0, MAX_LENGTH)} …` : message;
}

/** As it is, and as addresses, JSON and headers write it. */
function formsOf(secret: string): readonly string[] {
  return [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret)
      .toString('base64')
      .replace(/={1,2}$/, ''),
  ];
}

/** Whether a word repeats the beginning of a secret, or its end behind a mask, as in `sk-a****wxyz`. */
function isPartOf(word: string, secret: string): boolean {
  if (secret.length < 2 * TELLING_START) return false;
  const masked = /[*•…x.]{3,}|…/i.exec(word);
  return (
    word.includes(secret.slice(0, TELLING_START)) || (!!masked && word.includes(secret.slice(-TELLING_END)))
  );
}
