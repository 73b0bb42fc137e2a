import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  addQuantities,
  compareQuantities,
  formatQuantity,
  isQuantity,
  parseQuantity,
  quantityNumber,
  quantitySign,
  roundQuantityUp,
  scaledQuantity,
  type Quantity,
} from '../../../server/core/kubernetes/quantity.ts';

function read(source: string | number): Quantity {
  const quantity = parseQuantity(source);
  assert.ok(isQuantity(quantity), String(source));
  return quantity;
}

describe('quantities', () => {
  it('are written in their canonical form', () => {
    const forms: Readonly<Record<string, string>> = {
      '1.5': '1500m',
      '1.5Gi': '1536Mi',
      '1024Mi': '1Gi',
      '0.5Gi': '512Mi',
      '0.1Ki': '102400m',
      '1000m': '1',
      '0.1m': '100u',
      '0.0000000001': '1n',
      '12e6': '12e6',
      '100000000000000000000': '100E',
      '100Ei': '9223372036854775807',
      '-0': '0',
      '.5': '500m',
      '+5': '+5',
      '.': '0',
      ' 2Mi ': '2Mi',
    };
    for (const [source, form] of Object.entries(forms)) assert.equal(formatQuantity(read(source)), form, source);
    assert.equal(formatQuantity(read(0.5)), '500m');
    assert.equal(formatQuantity(read(1e21)), '1e+21');
  });

  it('say why they are none', () => {
    const problem = (source: string): string => {
      const read = parseQuantity(source);
      return isQuantity(read) ? 'none' : read.problem.slice(0, 30);
    };
    for (const source of ['', '1 Gi', '0x1', '1_0', 'a', '1.5.5'])
      assert.equal(problem(source), 'quantities must match the regu', source);
    for (const source of ['1K', '1ki', '1e', '1.1i', '1m5'])
      assert.equal(problem(source), "unable to parse quantity's suf", source);
    assert.equal(problem('.e-20'), 'unable to parse numeric part o');
  });

  it('compare by value, whatever their size', () => {
    const order = [
      '-1Gi',
      '-1',
      '0',
      '1n',
      '1m',
      '0.5',
      '1',
      '1k',
      '1Ki',
      '1e6',
      '1Gi',
      '1e1000000000',
      '1e1000000001',
    ];
    for (const [at, smaller] of order.entries())
      for (const larger of order.slice(at + 1)) {
        assert.ok(compareQuantities(read(smaller), read(larger)) < 0, `${smaller} < ${larger}`);
        assert.ok(compareQuantities(read(larger), read(smaller)) > 0, `${larger} > ${smaller}`);
      }
    assert.equal(compareQuantities(read('1Gi'), read('1024Mi')), 0);
    assert.equal(quantitySign(read('-5m')), -1);
  });

  it('round away from zero, add up and become numbers', () => {
    assert.equal(formatQuantity(roundQuantityUp(read('0.1m'), -3)), '1m');
    assert.equal(formatQuantity(roundQuantityUp(read('-1.00001'), -3)), '-1001m');
    assert.equal(scaledQuantity(read('1500m'), 0), 2n);
    assert.equal(scaledQuantity(read('2Mi'), 0), 2_097_152n);
    assert.equal(formatQuantity(addQuantities(read('1.5Gi'), read('512Mi'))), '2Gi');
    assert.equal(quantityNumber(read('250m')), 0.25);
  });
});
