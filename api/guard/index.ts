export { type Audit, type AuditEntry, openAudit } from './audit.ts'
export { type Keys, openKeys, readKeys, writeKeys } from './keyfile.ts'
export { findKey, makeKey, parseKeys, type StoredKey } from './keys.ts'
export { defaultCollection, type Key, mayAct, type Role, ROLES, sees } from './role.ts'
