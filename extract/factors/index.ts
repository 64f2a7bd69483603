export { choleskyFactor, solveFactored } from './cholesky.ts'
