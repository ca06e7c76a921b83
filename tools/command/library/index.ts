/** Tollgate as a library: the Sigma engine, and rules of files and folders. */
export * from '@tollgate/sigma';
export { Failure } from '../../foundation/content/failure';
export { parseFiles } from './parse-files';
