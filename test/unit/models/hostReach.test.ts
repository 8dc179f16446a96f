import { describe, expect, test } from 'vitest';
import { reachOf } from '../../../src/core/models/hostReach.ts';

/** As all addresses are judged: by what a URL makes of them. */
const reach = (host: string) => reachOf(new URL(`http://${host}/`).hostname);

describe('packets stay on this machine for', () => {
  test.each([
    'localhost',
    'LOCALHOST',
    'localhost.',
    'localhost:8080',
    '127.0.0.1',
    '127.0.0.1.',
    '127.255.0.9',
    '127.1',
    '2130706433',
    '0x7f.1',
    '0x7f000001',
    '0177.0.0.1',
    '１２７。0。0。1',
    'ⓛocalhost',
    '%6cocalhost',
    '0.0.0.0',
    '0',
    '[::1]',
    '[0:0:0:0:0:0:0:1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::ffff:0.0.0.0]',
  ])('%s', (host) => {
    expect(reach(host)).toBe('machine');
  });
});

describe('others on the network may read what goes to', () => {
  test.each([
    '10.1.2.3',
    '012.1.2.3',
    '167772161',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.20',
    '0xc0a80114',
    '169.254.10.1',
    '169.254.169.254',
    '[fd12:3456::1]',
    '[fc00::1]',
    '[fe80::1]',
    '[febf::1]',
    '[::ffff:192.168.1.20]',
    '[::ffff:a00:1]',
  ])('%s', (host) => {
    expect(reach(host)).toBe('network');
  });
});

describe('attack: an address or name that only looks private:', () => {
  test.each([
    'ai',
    'ollama',
    'localhos',
    'api.localhost',
    'a.b.localhost',
    'x.localhost.',
    'localhosts',
    'localhost..',
    'localhost.localdomain',
    'notlocalhost',
    'xlocalhost.',
    'localhost.example.com',
    'localhost-.com',
    'gpu.local',
    'models.internal',
    'metadata.google.internal',
    'host.docker.internal',
    'nas.home.arpa',
    'router.lan',
    '127.0.0.1.example.com',
    '127.0.0.1.nip.io',
    '10.0.0.1.example.com',
    '127-0-0-1.example.com',
    'xn--lcalhost-54a',
    '8.8.8.8',
    '126.255.255.255',
    '128.0.0.1',
    '0.0.0.1',
    '0.127.0.1',
    '11.0.0.1',
    '172.15.0.1',
    '172.32.0.1',
    '192.169.0.1',
    '169.253.0.1',
    '100.64.0.1',
    '224.0.0.1',
    '[2001:db8::1]',
    '[::ffff:8.8.8.8]',
    '[::127.0.0.1]',
    '[::2]',
    '[1::1]',
    '[::1:0:0]',
    '[64:ff9b::7f00:1]',
    '[2002:7f00:1::]',
    '[fec0::1]',
    '[fb00::1]',
    '[ff02::1]',
  ])('attack: %s is on the internet', (host) => {
    expect(reach(host)).toBe('internet');
  });
});
