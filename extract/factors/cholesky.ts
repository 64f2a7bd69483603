// Symmetric positive definite matrix -> its lower factor, and what is solved by it. Golub & Van Loan, Matrix Computations, 4.2.

/** Lower L with L L' = `matrix`, rows one after another; of `matrix`, (n, n), the lower half alone is read. NaN where it is not positive definite. */
export function choleskyFactor(matrix: Float64Array, n: number): Float64Array {
  const lower = new Float64Array(n * n)
  for (let i = 0; i < n; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      let sum = matrix[i * n + j]!
      for (let k = 0; k < j; k += 1) sum -= lower[i * n + k]! * lower[j * n + k]!
      lower[i * n + j] = i === j ? Math.sqrt(sum) : sum / lower[j * n + j]!
    }
  }
  return lower
}

/** Solves L L' x = `vector`, (n), in place. */
export function solveFactored(lower: Float64Array, vector: Float64Array): void {
  const n = vector.length
  for (let i = 0; i < n; i += 1) {
    let sum = vector[i]!
    for (let k = 0; k < i; k += 1) sum -= lower[i * n + k]! * vector[k]!
    vector[i] = sum / lower[i * n + i]!
  }
  for (let i = n - 1; i >= 0; i -= 1) {
    let sum = vector[i]!
    for (let k = i + 1; k < n; k += 1) sum -= lower[k * n + i]! * vector[k]!
    vector[i] = sum / lower[i * n + i]!
  }
}
