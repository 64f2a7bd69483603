import { arch } from 'node:process'
import { describe, expect, test } from 'vitest'
import { addsInPairs } from '../../../extract/encoders/processor.ts'

describe.runIf(arch === 'x64')('integer products', () => {
  test('are exact by themselves on processors with VNNI', () => {
    expect(addsInPairs('processor\t: 0\nflags\t\t: fpu avx512f avx512_vnni sha_ni\n')).toBe(false)
    expect(addsInPairs('flags\t\t: fpu avx2 avx_vnni\n')).toBe(false)
  })

  test('are asked to be exact on all others, and where nobody tells', () => {
    expect(addsInPairs('flags\t\t: fpu avx avx2 fma\nbugs\t: avx512_vnni_is_no_flag_here\n')).toBe(true)
    expect(addsInPairs('')).toBe(true)
  })
})
