import { Failure } from '../../../foundation/content/failure';
import { OTHER_FOLDER, type Folders } from './folders';

/**
 * Does something with the folders of a node. What the system refuses there (no rights, no space, a file in a folder's place) is
 * thrown as a `Failure` (3).
 */
export async function asEnvironment<T>({ root }: Folders, action: () => T | Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new Failure(3, `the local Elasticsearch can't be kept in ${root}: ${error.message}`, OTHER_FOLDER);
  }
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && 'code' in error;
}
