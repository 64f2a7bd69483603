// Ids of the sample graph that the examples of the docs are asked of; a test holds them against it.

export const SAMPLE = {
  /** letters/ada.txt */
  document: 'doc:a8a9e2d60afe5c6a730b2954',
  /** Its sentence that Ada Lovelace is employed by Acme Corp. */
  passage: 'doc:a8a9e2d60afe5c6a730b2954/1',
  /** Acme Corp */
  company: 'ent:39099664aa5da68083bb4e59',
  /** Ada Lovelace */
  person: 'ent:7fae3bf0b48da29c67ff66b4',
  /** International Business Machines */
  other: 'ent:d6f36f1079dfb2927c816981',
  /** Ada Lovelace EMPLOYED_BY Acme Corp */
  fact: 'fact:e15f8298ad886188222cb7c0',
  /** The decision that the docs' own request makes. */
  decision: 'DECISION',
  /** A job that the docs' own upload makes. */
  job: 'JOB',
} as const
