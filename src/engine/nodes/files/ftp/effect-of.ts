import type { Effect } from '../../../node-kit/index.ts';
import type { FtpSettings } from './ftp-parameters.ts';

/** What is the same when it is done twice is done again after a crash. */
export function effectOf({ operation, ifThere, failIfMissing }: FtpSettings): Effect {
  switch (operation) {
    case 'list':
    case 'download':
      return 'read';
    case 'upload':
      return ifThere === 'replace' ? 'keyed' : 'unsafe';
    case 'delete':
      return failIfMissing ? 'unsafe' : 'keyed';
    case 'make-folder':
      return 'keyed';
    case 'rename':
      return 'unsafe';
  }
}
