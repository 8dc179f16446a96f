/**
 * True for hosts that packets reach without crossing the internet: this machine, private and link-local addresses (RFC
 * 1918, 3927, 4193, 4291), and names that public DNS never answers (`.local`, `.internal`, `.home.arpa`, single labels).
 *
 * `hostname` is that of a parsed URL: lower case, IPv4 in four decimal parts, IPv6 in brackets and compressed.
 */
export function isPrivateHost(hostname: string): boolean {
  if (hostname.startsWith('[')) return isPrivateIpv6(hostname.slice(1, -1));
  const ipv4 = /^(\d+)\.(\d+)\.\d+\.\d+$/.exec(hostname);
  if (ipv4) return isPrivateIpv4(Number(ipv4[1]), Number(ipv4[2]));
  const name = hostname.replace(/\.$/, '');
  return !name.includes('.') || /\.(localhost|local|internal|home\.arpa)$/.test(name);
}

function isPrivateIpv4(first: number, second: number): boolean {
  if (first === 127 || first === 10) return true;
  if (first === 172) return second >= 16 && second < 32;
  if (first === 192) return second === 168;
  return first === 169 && second === 254;
}

function isPrivateIpv6(address: string): boolean {
  return address === '::1' || /^f[cd]..:/.test(address) || /^fe[89ab].:/.test(address);
}
