/** PostgreSQL did not answer; nothing is known about what it did. The same call may succeed later. */
export class StorageUnavailable extends Error {
  override readonly name = 'StorageUnavailable';
}

/** More work is waiting for PostgreSQL than the queue may hold. Nothing was stored. */
export class StorageOverloaded extends Error {
  override readonly name = 'StorageOverloaded';
}
