import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { canonicalIpAddress, ipAddressProblems } from '../../../server/core/kubernetes/ip-address.ts';
import {
  configKeyProblems,
  dnsLabelProblems,
  dnsSubdomainProblems,
  domainPathProblems,
  envNameProblems,
  labelValueProblems,
  portNameProblems,
  qualifiedNameProblems,
} from '../../../server/core/kubernetes/names.ts';
import { byteLength, quoteText } from '../../../server/core/kubernetes/text.ts';
import { isTimeZone, timeZoneProblems, zoneOffset } from '../../../server/core/kubernetes/time-zone.ts';

type Grammar = (value: string) => readonly unknown[];

const GRAMMARS: readonly (readonly [string, Grammar, readonly string[], readonly string[]])[] = [
  ['DNS label', dnsLabelProblems, ['a', '0-a', 'x'.repeat(63)], ['', 'A', '-a', 'a-', 'a.b', 'a_b', 'x'.repeat(64)]],
  ['DNS subdomain', dnsSubdomainProblems, ['a.b-c.d', '1'], ['', 'a..b', 'A.b', '.a', 'x'.repeat(254)]],
  ['qualified name', qualifiedNameProblems, ['A_b.c', 'example.com/X'], ['', 'a/', '/a', 'a/b/c', 'Ex.com/a', '-a']],
  ['label value', labelValueProblems, ['', 'A_b.c'], ['-', 'a b', 'x'.repeat(64)]],
  ['port name', portNameProblems, ['http', '8a'], ['80', 'a--b', '-a', 'x'.repeat(16), 'A', '']],
  ['variable', envNameProblems, ['A', '1a b', '~'], ['', 'a=b', 'ü', 'a\tb']],
  ['config key', configKeyProblems, ['a.B_c-1'], ['', '..', '..a', 'a/b']],
  ['domain path', domainPathProblems, ['acme.io/foo/bar'], ['', 'acme.io', '/a', 'a/', 'A.io/x', 'a/b c']],
];

describe('names', () => {
  for (const [name, problems, right, wrong] of GRAMMARS)
    it(name, () => {
      for (const value of right) assert.deepEqual(problems(value), [], value);
      for (const value of wrong) assert.notDeepEqual(problems(value), [], value);
    });

  it('explain themselves as the server does', () => {
    assert.deepEqual(dnsLabelProblems('a.b'), ['must not contain dots']);
    assert.deepEqual(labelValueProblems('x'.repeat(64)), ['must be no more than 63 bytes']);
    assert.match(
      dnsLabelProblems('A')[0]!,
      /^a lowercase RFC 1123 label .* \(e\.g\. 'my-name', {2}or '123-abc', regex/,
    );
  });

  it('IP addresses', () => {
    for (const address of ['10.0.0.1', '::', '::1', '2001:db8::ffff', '1:2:3:4:5:6:7:8', '::1.2.3.4'])
      assert.deepEqual(ipAddressProblems(address), [], address);
    for (const address of [
      '',
      '1.2.3',
      '256.1.1.1',
      '1::2::3',
      '::ffff:1.2.3.4',
      '010.0.0.1',
      'fe80::1%eth0',
      '1:2:3:4:5:6:7::8',
    ])
      assert.equal(ipAddressProblems(address).length, 1, address);
    assert.equal(canonicalIpAddress('2001:DB8:0:0:1:0:0:0'), '2001:db8:0:0:1::');
    assert.equal(canonicalIpAddress('0:0:0:0:0:0:0:0'), '::');
  });

  it('time zones, whose case counts', () => {
    assert.ok(isTimeZone('Europe/Berlin') && isTimeZone('GMT+0') && isTimeZone('US/Pacific'));
    assert.ok(!isTimeZone('europe/berlin') && !isTimeZone('GMT+1'));
    assert.deepEqual(timeZoneProblems('Etc/UTC'), []);
    assert.deepEqual(timeZoneProblems('europe/berlin'), [
      { says: 'unknown time zone europe/berlin', nearest: 'Europe/Berlin' },
    ]);
    assert.equal(timeZoneProblems('Local').length, 1);
    assert.equal(timeZoneProblems('local').length, 2);
    assert.equal(zoneOffset('Asia/Kolkata')(1_767_225_600), 19_800);
    assert.equal(zoneOffset('America/New_York')(1_782_900_000), -14_400);
  });

  it('text in quotes and in bytes', () => {
    assert.equal(quoteText('a"b\\\t\u0001ü\u200b'), '"a\\"b\\\\\\t\\x01ü\\u200b"');
    assert.equal(byteLength('aü€😀'), 1 + 2 + 3 + 4);
  });
});
