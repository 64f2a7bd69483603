import { openMemoryQueue } from '../../../ingest/queues/memory.ts'
import { queueConformance } from '../../conformance/queue.ts'

queueConformance('this process', () => ({ shared: false, open: async (options) => openMemoryQueue(options) }))
