/** What lies in a folder of a server. */
export interface RemoteEntry {
  name: string;
  kind: 'file' | 'folder' | 'link' | 'other';
  /** Bytes. */
  size: number;
  /** UTC milliseconds; null where the server does not tell it exactly. */
  modifiedAt: number | null;
}

/**
 * The files of a server, whatever protocol it speaks. Paths have slashes; relative ones begin in the folder that the user
 * is in after the sign-in. Throws FILE_NOT_FOUND and FILE_FAILED, and NodeErrors of the connection.
 */
export interface RemoteFiles {
  /** One folder, without `.` and `..`. */
  list(folder: string): Promise<RemoteEntry[]>;
  /** Null when there is none. Links are not followed. */
  entry(path: string): Promise<RemoteEntry | null>;
  read(path: string): AsyncIterable<Uint8Array>;
  /** Writes over what is there. */
  write(path: string, content: AsyncIterable<Uint8Array>): Promise<void>;
  /** Also into another folder; takes the place of a file that is there. */
  rename(from: string, to: string): Promise<void>;
  deleteFile(path: string): Promise<void>;
  /** An empty one. */
  deleteFolder(path: string): Promise<void>;
  /** In a folder that is there. */
  makeFolder(path: string): Promise<void>;
}

/** A server that lends ways to its files. */
export interface FileServer {
  /** Ends what is under way when the signal aborts, and throws its reason then. */
  use<R>(work: (files: RemoteFiles) => Promise<R>, signal: AbortSignal): Promise<R>;
}
