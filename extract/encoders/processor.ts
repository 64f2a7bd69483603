// What the processor can do -> which of the runtime's integer products are exact on it.
import { readFileSync } from 'node:fs'
import { arch, platform } from 'node:process'

/**
 * Whether products of unsigned and signed bytes are summed in pairs that are cut at 16 bits, which the runtime does on x64 without VNNI
 * unless it is asked to be exact (`session.x64quantprecision` of ONNX Runtime, slower). Where the processor does not tell, it is held to do so.
 */
export function addsInPairs(cpuinfo: string = readCpuinfo()): boolean {
  return arch === 'x64' && !/^flags\s*:.*\b(?:avx512_vnni|avx_vnni)\b/mu.test(cpuinfo)
}

function readCpuinfo(): string {
  if (platform !== 'linux') return ''
  try {
    return readFileSync('/proc/cpuinfo', 'utf8')
  } catch {
    return ''
  }
}
