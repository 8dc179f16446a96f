/**
 * How far packets to a host travel, as far as its name proves it. `machine`: they stay here. `network`: a private or
 * link-local address, so they do not cross the internet, but others on the network may read them. `internet`: any other
 * address, and every name but `localhost`: which machine a name such as `ai` or `nas.local` stands for is for anybody on the
 * network to say.
 */
export type HostReach = 'machine' | 'network' | 'internet';

/**
 * The one judge of addresses. `hostname` is that of a parsed URL, which has only one spelling for each: lower case, IPv4 in
 * four decimal parts, IPv6 in brackets and compressed.
 */
export function reachOf(hostname: string): HostReach {
  if (hostname.startsWith('[')) return reachOfIpv6(groupsOf(hostname.slice(1, -1)));
  const ipv4 = /^(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(hostname);
  if (ipv4) return reachOfIpv4(ipv4.slice(1).map(Number));
  // RFC 6761 §6.3 keeps `x.localhost` to the machine as well, but not every resolver does: some ask the network.
  return /^localhost\.?$/.test(hostname) ? 'machine' : 'internet';
}

/** RFC 1122 §3.2.1.3, RFC 1918, RFC 3927. To connect to no address is to connect to this machine. */
function reachOfIpv4(parts: readonly number[]): HostReach {
  const [first = 0, second = 0] = parts;
  if (first === 127 || parts.every((part) => part === 0)) return 'machine';
  const isPrivate =
    first === 10 ||
    (first === 172 && second >= 16 && second < 32) ||
    (first === 192 && second === 168) ||
    (first === 169 && second === 254);
  return isPrivate ? 'network' : 'internet';
}

/** RFC 4291 §2.5, RFC 4193. An IPv4 address in the form of IPv6 is that address. */
function reachOfIpv6(groups: readonly number[]): HostReach {
  const [first = 0] = groups;
  const [high = 0, low = 0] = groups.slice(6);
  if (groups.slice(0, 5).every((group) => group === 0)) {
    if (groups[5] === 0xffff) return reachOfIpv4([high >> 8, high & 0xff, low >> 8, low & 0xff]);
    if (groups[5] === 0 && high === 0 && low <= 1) return 'machine';
  }
  return (first & 0xfe00) === 0xfc00 || (first & 0xffc0) === 0xfe80 ? 'network' : 'internet';
}

/** The eight groups of a compressed address. */
function groupsOf(address: string): readonly number[] {
  const [head = [], tail = []] = address
    .split('::')
    .map((side) => side.split(':').filter((group) => group !== ''));
  const zeros = Array.from({ length: Math.max(0, 8 - head.length - tail.length) }, () => '0');
  return [...head, ...zeros, ...tail].map((group) => Number.parseInt(group, 16));
}
