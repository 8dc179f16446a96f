const MASK = '[secret]';

/** Private keys as PEM, keys whose form gives them away, and tokens that carry their own name. */
const PRIVATE_KEY = /-----BEGIN ([A-Z ]*PRIVATE KEY)-----[\s\S]*?-----END \1-----/g;
const KNOWN_KEY =
  /\b(?:sk-|sk_live_|rk_live_|ghp_|gho_|ghs_|github_pat_|glpat-|npm_|xox[abprs]-|AKIA|ASIA|AIza|ya29\.|eyJ)[A-Za-z0-9_.-]{12,}/g;
/** A quoted value without blanks that is given to something called a password, a token and the like. */
const NAMED_VALUE =
  /((?:api[_-]?key|access[_-]?key|token|secret|passw(?:or)?d|credentials?)["'`]?\s*[:=]\s*["'`])[^"'`\s]{8,}(?=["'`])/gi;
/** The same in files of settings such as `.env`, where values stand without quotes. */
const NAMED_LINE =
  /^(\s*(?:export\s+)?[A-Z0-9_]*(?:API_KEY|ACCESS_KEY|TOKEN|SECRET|PASSWORD)[A-Z0-9_]*\s*=\s*)[^\s"'`]{8,}$/gm;

/** The text without what looks like a key, a password or a token: applied to all that is sent to a model. */
export function redactSecrets(text: string): string {
  return text
    .replace(PRIVATE_KEY, (_, kind: string) => `-----BEGIN ${kind}-----\n${MASK}\n-----END ${kind}-----`)
    .replace(KNOWN_KEY, MASK)
    .replace(NAMED_VALUE, `$1${MASK}`)
    .replace(NAMED_LINE, `$1${MASK}`);
}
